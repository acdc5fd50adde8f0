console.error('rivulet edge [FOLDER]');
process.exitCode = 2;
