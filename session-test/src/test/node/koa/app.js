// The view counter of koa-session's tutorial, and pages that show what is in a session. Settings are environment variables.
import Keygrip from 'keygrip';
import Koa from 'koa';
import session from 'koa-session';
import { createClient } from 'redis';

const { PORT = '0', REDIS_URL, KEYS = '', ALGORITHM = 'sha1', STORE = 'redis', PREFIX, MAX_AGE, KEY, ROLLING } = process.env;

// As koa-redis keeps them: the id is the key, JSON text the value. A lifetime of 'session' has no end.
function redisStore(redis) {
  return {
    async get(key) {
      const text = await redis.get(key);
      return text ? JSON.parse(text) : undefined;
    },
    async set(key, value, maxAge) {
      const expiration = typeof maxAge === 'number' ? { expiration: { type: 'PX', value: maxAge } } : undefined;
      await redis.set(key, JSON.stringify(value), expiration);
    },
    async destroy(key) {
      await redis.del(key);
    },
  };
}

const options = {};
if (STORE === 'redis') {
  const redis = createClient({ url: REDIS_URL, socket: { reconnectStrategy: false } });
  redis.on('error', (error) => console.error(error));
  await redis.connect();
  options.store = redisStore(redis);
}
if (PREFIX !== undefined) {
  options.prefix = PREFIX;
}
if (KEY !== undefined) {
  options.key = KEY;
}
if (MAX_AGE !== undefined) {
  options.maxAge = MAX_AGE === 'session' ? MAX_AGE : Number(MAX_AGE);
}
if (ROLLING !== undefined) {
  options.rolling = ROLLING === 'true';
}

const pages = {
  '/'(ctx) {
    const n = (ctx.session.views || 0) + 1;
    ctx.session.views = n;
    ctx.body = n === 1 ? 'Welcome here for the first time!' : `You've visited this page ${n} times!`;
  },
  '/logout'(ctx) {
    ctx.session = null;
    ctx.body = 'bye';
  },
  // The value is JSON.
  '/set'(ctx) {
    ctx.session[ctx.query.name] = JSON.parse(ctx.query.value);
    ctx.body = ctx.query.value;
  },
  '/get'(ctx) {
    ctx.body = JSON.stringify(ctx.session[ctx.query.name] ?? null);
  },
  '/remove'(ctx) {
    delete ctx.session[ctx.query.name];
    ctx.body = ctx.query.name;
  },
  async '/login'(ctx) {
    await ctx.session.regenerate();
    ctx.session.user = ctx.query.user;
    ctx.body = ctx.query.user;
  },
  '/json'(ctx) {
    ctx.body = JSON.stringify(ctx.session);
  },
};

const app = new Koa();
const keys = KEYS.split(',');
app.keys = ALGORITHM === 'sha1' ? keys : new Keygrip(keys, ALGORITHM);
app.use(session(options, app));
app.use((ctx) => pages[ctx.path]?.(ctx));

const server = app.listen(Number(PORT), '127.0.0.1', () => console.log(`Listening on port ${server.address().port}`));
