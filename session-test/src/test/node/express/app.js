// The view counter of the tutorial, and pages that show what is in a session. Settings are environment variables.
import { RedisStore } from 'connect-redis';
import express from 'express';
import session from 'express-session';
import { createClient } from 'redis';

const { PORT = '0', REDIS_URL, KEYS = '', PREFIX, MAX_AGE, KEY, ROLLING } = process.env;

const redis = createClient({ url: REDIS_URL, socket: { reconnectStrategy: false } });
redis.on('error', (error) => console.error(error));
await redis.connect();

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use((req, res, next) => {
  res.type('text');
  next();
});
app.use(session({
  secret: KEYS.split(','),
  store: new RedisStore({ client: redis, ...(PREFIX !== undefined && { prefix: PREFIX }) }),
  resave: false,
  saveUninitialized: false,
  ...(KEY !== undefined && { name: KEY }),
  ...(MAX_AGE !== undefined && { cookie: { maxAge: Number(MAX_AGE) } }),
  rolling: ROLLING === 'true',
}));

app.get('/', (req, res) => {
  const n = (req.session.views || 0) + 1;
  req.session.views = n;
  res.send(n === 1 ? 'Welcome here for the first time!' : `You've visited this page ${n} times!`);
});

app.get('/logout', (req, res, next) => {
  req.session.destroy((error) => (error ? next(error) : res.send('bye')));
});

// The value is JSON.
app.get('/set', (req, res) => {
  req.session[req.query.name] = JSON.parse(req.query.value);
  res.send(req.query.value);
});

app.get('/get', (req, res) => {
  res.send(JSON.stringify(req.session[req.query.name] ?? null));
});

app.get('/remove', (req, res) => {
  delete req.session[req.query.name];
  res.send(req.query.name);
});

app.get('/login', (req, res, next) => {
  req.session.regenerate((error) => {
    if (error) {
      next(error);
      return;
    }
    req.session.user = req.query.user;
    res.send(req.query.user);
  });
});

// Without the cookie's settings, which express-session keeps beside the attributes.
app.get('/json', (req, res) => {
  const { cookie, ...attributes } = req.session;
  res.send(JSON.stringify(attributes));
});

const server = app.listen(Number(PORT), '127.0.0.1', () => console.log(`Listening on port ${server.address().port}`));
