// The decisions, in Lua: each script runs alone in Redis, by Redis's own clock. Their replies are flat lists of texts, which RESP2 and RESP3
// write in the same way. The keys, all with one hash tag:
//
//   {teams-recording-status}:entry:<id>    hash     entry (JSON), call, owner, replaced (the id of an older entry of the call), refused
//   {teams-recording-status}:calls         hash     key of the call → id of its newest entry
//   {teams-recording-status}:leases        sorted   id of the newest entry of each call, by when its lease is over; 0: it was given up
//   {teams-recording-status}:ended:<id>    string   this id had its end: a script that arrives late does not open it again
//   {teams-recording-status}:trail:<call>  stream   event (JSON of a TrailEvent), by (the owner)
//
// The first argument of each is the owner.

const prefix = "{teams-recording-status}:";

/** The key that every script names; it finds the others by their common beginning. */
export const leasesKey = `${prefix}leases`;

/** Most events that the trail of a call keeps, about: Redis cuts off whole blocks. */
export const trailLength = 1_000;
/** How long the trail of a call is kept after its last event. */
export const trailDays = 30;

const endedMs = 3_600_000;

const common = `
local prefix, leases, calls = '${prefix}', KEYS[1], '${prefix}calls'
local me = ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function read(id, ...) return redis.call('HMGET', prefix .. 'entry:' .. id, ...) end
local function lease(id, till) redis.call('ZADD', leases, string.format('%.0f', till), id) end
local function newest(call) return redis.call('HGET', calls, call) end

local function tell(call, event)
  local key = prefix .. 'trail:' .. call
  redis.call('XADD', key, 'MAXLEN', '~', '${trailLength}', '*', 'event', event, 'by', me)
  redis.call('PEXPIRE', key, '${trailDays * 86_400_000}')
end

local function tellOf(call, kind, id) tell(call, cjson.encode({ type = kind, id = id })) end

local function forget(id)
  redis.call('DEL', prefix .. 'entry:' .. id)
  redis.call('SET', prefix .. 'ended:' .. id, '1', 'PX', '${endedMs}')
end
`;

/** leaseMs, id, call, entry, event, "open" or "again" → "held" and the id that was replaced, or "taken" and by whom, or "ended". */
export const openScript = `${common}
local leaseMs, id, call, entry, event, mode = unpack(ARGV, 2)
if redis.call('EXISTS', prefix .. 'ended:' .. id) == 1 then return { 'ended' } end
local older = newest(call)
local holder = older and read(older, 'owner')[1]
if holder and holder ~= me then
  local till = tonumber(redis.call('ZSCORE', leases, older) or 0)
  if till > now or mode == 'again' then return { 'taken', holder } end
end
if not holder or older == id then older = false end
-- What Redis may have forgotten is written again only where nothing newer came.
if older and mode == 'again' then return { 'taken', holder } end
redis.call('HSET', prefix .. 'entry:' .. id, 'entry', entry, 'call', call, 'owner', me)
if older then
  redis.call('HSET', prefix .. 'entry:' .. id, 'replaced', older)
  redis.call('ZREM', leases, older)
  tellOf(call, 'replaced', older)
end
redis.call('HSET', calls, call, id)
lease(id, now + leaseMs)
tell(call, event)
return { 'held', older or '' }
`;

/** leaseMs, ids → for each "held", or "lost": it is somebody else's, was replaced, had its end, or Redis has forgotten it. */
export const renewScript = `${common}
local standings = {}
for at = 3, #ARGV do
  local id = ARGV[at]
  local isHeld = read(id, 'owner')[1] == me and redis.call('ZSCORE', leases, id)
  if isHeld then lease(id, now + ARGV[2]) end
  standings[at - 2] = isHeld and 'held' or 'lost'
end
return standings
`;

/**
 * id, "reported" or "refused", event → "closed", "taken", or "gone". What was reported ended everything older as well. What was refused never came
 * to be: the newest older entry that may stand is open again, with its lease over.
 */
export const closeScript = `${common}
local id, how, event = unpack(ARGV, 2)
local owner, call, older = unpack(read(id, 'owner', 'call', 'replaced'))
if not owner then
  -- It may still arrive: its time was over, or its connection broke.
  redis.call('SET', prefix .. 'ended:' .. id, '1', 'PX', '${endedMs}')
  return { 'gone' }
end
if owner ~= me then return { 'taken' } end
local isNewest = newest(call) == id
tell(call, event)
if how == 'refused' and not isNewest then
  -- The newer one may be refused, too: then this one must not stand up again, but what it replaced.
  redis.call('HSET', prefix .. 'entry:' .. id, 'refused', '1')
  return { 'closed' }
end
forget(id)
while older do
  local exists, refused, next = unpack(read(older, 'owner', 'refused', 'replaced'))
  if not exists then older = false
  elseif how == 'refused' and not refused then break
  else
    forget(older)
    older = next
  end
end
if isNewest then
  redis.call('ZREM', leases, id)
  if older then
    redis.call('HSET', calls, call, older)
    lease(older, 0)
    tellOf(call, 'reopened', older)
  else
    redis.call('HDEL', calls, call)
  end
end
return { 'closed' }
`;

/** id, event → "released" or "taken". */
export const releaseScript = `${common}
local id, event = unpack(ARGV, 2)
local owner, call = unpack(read(id, 'owner', 'call'))
if owner ~= me or not redis.call('ZSCORE', leases, id) then return { 'taken' } end
lease(id, 0)
tell(call, event)
return { 'released' }
`;

/** leaseMs, most → ids and entries of those whose lease is over; they are the caller's now. */
export const claimScript = `${common}
local claimed = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', string.format('%.0f', now), 'LIMIT', '0', ARGV[3])) do
  local entry, call = unpack(read(id, 'entry', 'call'))
  if entry then
    redis.call('HSET', prefix .. 'entry:' .. id, 'owner', me)
    lease(id, now + ARGV[2])
    tellOf(call, 'claimed', id)
    claimed[#claimed + 1] = id
    claimed[#claimed + 1] = entry
  else
    redis.call('ZREM', leases, id)
  end
end
return claimed
`;

/** call, event → nothing. */
export const noteScript = `${common}
tell(ARGV[2], ARGV[3])
return {}
`;

/** call → the time and the text of each event, the oldest first. */
export const trailScript = `${common}
local told = {}
for _, item in ipairs(redis.call('XRANGE', prefix .. 'trail:' .. ARGV[2], '-', '+')) do
  told[#told + 1] = string.match(item[1], '^%d+')
  told[#told + 1] = item[2][2]
end
return told
`;
