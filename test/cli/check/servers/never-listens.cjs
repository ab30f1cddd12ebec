setInterval(() => console.log('still warming up'), 200);
