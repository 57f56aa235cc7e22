// The decisions, in Lua: each script runs alone in Redis, by Redis's own clock. Their replies are flat lists of texts, which RESP2 and RESP3
// write in the same way. The first argument of each is the owner.
import { common, endedMs } from "./scripts-common.ts";

/**
 * known generation, leaseMs, id, call, entry, event, "open" or "again" → the generation, then "held", the id that was replaced, and who else ended
 * a recording of the call meanwhile; or "taken" and by whom, or "ended"; or "forgetful": owners that live need a lease to write again what was lost.
 */
export const openScript = `${common}
local known, leaseMs, id, call, entry, event, mode = unpack(ARGV, 2)
if mode == 'again' then writeWhenFull() end
local here, lostAt = generation(known)
if redis.call('EXISTS', prefix .. 'ended:' .. id) == 1 then return { here, 'ended' } end
if mode == 'open' and lostAt + leaseMs > now then return { here, 'forgetful' } end
local older = newest(call)
local holder = older and read(older, 'owner')[1]
if holder and holder ~= me then
  local till = tonumber(redis.call('ZSCORE', leases, older) or 0)
  if till > now or mode == 'again' then return { here, 'taken', holder } end
end
if not holder or older == id then older = false end
-- What Redis may have forgotten is written again only where nothing newer came.
if older and mode == 'again' then return { here, 'taken', holder } end
redis.call('HSET', prefix .. 'entry:' .. id, 'entry', entry, 'call', call, 'owner', me)
if older then
  redis.call('HSET', prefix .. 'entry:' .. id, 'replaced', older)
  redis.call('ZREM', leases, older)
  tellOf(call, 'replaced', older)
end
redis.call('HSET', calls, call, id)
lease(id, now + leaseMs)
tell(call, event)
local last = redis.call('GET', prefix .. 'last:' .. call)
if mode == 'open' then redis.call('DEL', prefix .. 'last:' .. call) end
return { here, 'held', older or '', last and last ~= me and last or '' }
`;

/**
 * known generation, leaseMs, fence, ids → the generation, then for each "held", or "lost": somebody else's, replaced, ended, or forgotten. A fence:
 * releases up to this number are void, also those that are still on their way.
 */
export const renewScript = `${common}
writeWhenFull()
local told = { (generation(ARGV[2])) }
for at = 5, #ARGV do
  local id = ARGV[at]
  local isHeld = read(id, 'owner')[1] == me and redis.call('ZSCORE', leases, id)
  if isHeld then lease(id, now + ARGV[3]) end
  if isHeld and ARGV[4] ~= '' then redis.call('HSET', prefix .. 'entry:' .. id, 'fence', ARGV[4]) end
  told[#told + 1] = isHeld and 'held' or 'lost'
end
return told
`;

/**
 * id, "reported" or "refused", event → "closed", "taken", or "gone". What was reported ended everything older as well. What was refused never came
 * to be: the newest older entry that may stand is open again, with its lease over.
 */
export const closeScript = `${common}
local id, how, event = unpack(ARGV, 2)
writeWhenFull()
local owner, call, older = unpack(read(id, 'owner', 'call', 'replaced'))
if not owner then
  -- It may still arrive: its time was over, or its connection broke.
  redis.call('SET', prefix .. 'ended:' .. id, '1', 'PX', '${endedMs}')
  return { 'gone' }
end
if owner ~= me then return { 'taken' } end
call = call or ''
local isNewest = newest(call) == id
tell(call, event)
if how == 'refused' and not isNewest then
  -- The newer one may be refused, too: then this one must not stand up again, but what it replaced.
  redis.call('HSET', prefix .. 'entry:' .. id, 'refused', '1')
  return { 'closed' }
end
forget(id)
if how == 'reported' then redis.call('SET', prefix .. 'last:' .. call, me, 'PX', '${endedMs}') end
while older do
  local exists, refused, next = unpack(read(older, 'owner', 'refused', 'replaced'))
  if not exists then older = false
  elseif how == 'refused' and not refused then break
  else
    forget(older)
    older = next
  end
end
redis.call('ZREM', leases, id)
if isNewest then
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

/** id, number, event → "released" or "taken", or "void": it was held again since. */
export const releaseScript = `${common}
local id, number, event = unpack(ARGV, 2)
writeWhenFull()
local owner, call, fence = unpack(read(id, 'owner', 'call', 'fence'))
if owner ~= me or not redis.call('ZSCORE', leases, id) then return { 'taken' } end
if fence and tonumber(number) <= tonumber(fence) then return { 'void' } end
lease(id, 0)
tell(call or '', event)
return { 'released' }
`;

/** known generation, leaseMs, most → the generation, then ids and entries of those whose lease is over; they are the caller's now. */
export const claimScript = `${common}
writeWhenFull()
local claimed = { (generation(ARGV[2])) }
for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', string.format('%.0f', now), 'LIMIT', '0', ARGV[4])) do
  local entry, call = unpack(read(id, 'entry', 'call'))
  if entry then
    redis.call('HSET', prefix .. 'entry:' .. id, 'owner', me)
    redis.call('HDEL', prefix .. 'entry:' .. id, 'fence')
    lease(id, now + ARGV[3])
    if call then tellOf(call, 'claimed', id) end
    claimed[#claimed + 1] = id
    claimed[#claimed + 1] = entry
  else
    redis.call('ZREM', leases, id)
  end
end
return claimed
`;

/** call → who holds it at this instant, if that is somebody else. */
export const holderScript = `${common}
local id = newest(ARGV[2])
local owner = id and read(id, 'owner')[1]
local isLive = owner and owner ~= me and tonumber(redis.call('ZSCORE', leases, id) or 0) > now
return isLive and { owner } or {}
`;

/** call, event → nothing. */
export const noteScript = `${common}
tell(ARGV[2], ARGV[3])
return {}
`;

/** call → the time and the text of each event, and who told it; the oldest first. */
export const trailScript = `${common}
local told = {}
for _, item in ipairs(redis.call('XRANGE', prefix .. 'trail:' .. ARGV[2], '-', '+')) do
  told[#told + 1] = string.match(item[1], '^%d+')
  told[#told + 1] = item[2][2]
  told[#told + 1] = item[2][4] or ''
end
return told
`;
