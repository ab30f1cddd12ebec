require('node:http').createServer().listen({ port: process.env.PORT, host: '::', ipv6Only: true });
