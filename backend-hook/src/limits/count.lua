-- Counts one request by the generic cell rate algorithm, as the counter in memory does (the crate governor).
--
-- KEYS[1]: what is counted. Its value is the time, in microseconds, at which the limit would be unused again; it expires
-- then. ARGV[1]: how many requests a minute are allowed; as many may come at once.
--
-- Returns 0 if the request is allowed, else how many microseconds to wait. The time is the store's, so that the clocks of
-- the servers don't matter. One key in each call: a cluster runs it where that key is.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local times = tonumber(ARGV[1])
-- Above 60 million a minute, the limit is 60 million.
local interval = math.max(1, math.floor(60000000 / times))
local free = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now))
local earliest = free - interval * (times - 1)
if now < earliest then
  return earliest - now
end
local next_free = free + interval
redis.call('SET', KEYS[1], string.format('%.0f', next_free), 'PX', math.ceil((next_free - now) / 1000))
return 0
