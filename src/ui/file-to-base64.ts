/** Reads a file as base64, in which bytes can travel in a message. Null when it cannot be read, such as a folder. */
export function fileToBase64(file: File): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,?/u, '')); // data:…;base64,<this>
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
}
