/** What a publisher gave cannot be used. The message says what is wrong with it and what to do, in whole sentences. */
export class PublishingError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PublishingError';
  }
}
