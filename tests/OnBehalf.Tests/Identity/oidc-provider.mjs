// usage: node oidc-provider.mjs REDIRECT_URI CLIENT_SECRET
// The npm package oidc-provider on loopback, with the people of the tests: whatever name signs in is NAME@onbehalf.example in the group sales. Prints its issuer.
import http from 'node:http';
import Provider from 'oidc-provider';

const [redirect, secret] = process.argv.slice(2);
const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'onbehalf', client_secret: secret, redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'] }],
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    cookies: { keys: ['a key of the tests'] },
    findAccount: (context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@onbehalf.example`, email_verified: true, given_name: id, family_name: 'Tester', groups: ['everybody', 'sales'] }),
    }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
