console.error('rivulet publish FOLDER --base URL | verify URL | seed FOLDER');
process.exitCode = 2;
