// What all scripts share. The keys, all with one hash tag:
//
//   {teams-recording-status}:entry:<id>    hash     entry (JSON), call, owner, replaced (the id of an older entry of the call), refused,
//                                                   fence (releases up to this number are void)
//   {teams-recording-status}:calls         hash     key of the call → id of its newest entry
//   {teams-recording-status}:leases        sorted   id of the newest entry of each call, by when its lease is over; 0: it was given up
//   {teams-recording-status}:ended:<id>    string   this id had its end: a script that arrives late does not open it again
//   {teams-recording-status}:last:<call>   string   the owner who ended a recording of the call, and nobody has opened one since
//   {teams-recording-status}:generation    hash     id and at: what this Redis remembers began then; lost: somebody remembers what it does not
//   {teams-recording-status}:trail:<call>  stream   event (JSON of a TrailEvent), by (the owner)

const prefix = "{teams-recording-status}:";

/** The key that every script names; it finds the others by their common beginning. */
export const leasesKey = `${prefix}leases`;

/** Most events that the trail of a call keeps, about: Redis cuts off whole blocks. */
const trailLength = 1_000;
/** How long the trail of a call is kept after its last event. */
const trailDays = 30;

/** How long it is remembered that a recording has ended. */
export const endedMs = 3_600_000;

/** The beginning of each. */
export const common = `
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

-- What holds or ends a recording is written also when the memory is full: Redis refuses only what begins with a write that needs some.
local function writeWhenFull() redis.call('ZREM', leases, '') end

-- Which memory of Redis this is. An owner who knew another one tells that data was lost.
local function generation(known)
  local key = prefix .. 'generation'
  local id, at, lost = unpack(redis.call('HMGET', key, 'id', 'at', 'lost'))
  if not id then
    id, at = me .. ':' .. string.format('%.0f', now), now
    redis.call('HSET', key, 'id', id, 'at', string.format('%.0f', at))
  end
  if known ~= '' and known ~= id and not lost then
    lost = '1'
    redis.call('HSET', key, 'lost', lost)
  end
  return id, lost and tonumber(at) or 0
end
`;
