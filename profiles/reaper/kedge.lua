-- @description kedge companion
-- @author kedge
-- @license MIT
-- Reads and writes fader automation for kedge, which runs this over OSC. Run by hand it does nothing.

local request_file = "@REQUEST_FILE@"
local version = "1"
local section = "kedge"
local most_bytes = 64 * 1024 * 1024
local longest_wait = 120 -- seconds: what lies there longer is nobody's any more
local longest_song = 1e7 -- seconds
local highest_gain = 100.0
local show_volume_envelope = 40406 -- REAPER's action, on the selected tracks
local mode_words = { [0] = "trim", "read", "touch", "write", "latch", "latch-preview" }
local override_words = { [0] = "trim", "read", "touch", "write", "latch", "bypass" }
local slack = 1e-6 -- of seconds, gains and tensions that REAPER has kept
local mode_numbers = {}
for number, word in pairs (mode_words) do mode_numbers[word] = number end
local ask_again = "Run the command again."

local needed = {
  "CountAutomationItems", "CountEnvelopePointsEx", "CountTracks", "DeleteEnvelopePointEx", "DeleteEnvelopePointRangeEx",
  "EnumProjectMarkers3", "EnumProjects", "Envelope_SortPointsEx", "GetAppVersion", "GetEnvelopePointEx",
  "GetEnvelopeScalingMode", "GetEnvelopeStateChunk", "GetExtState", "GetGlobalAutomationOverride", "GetMasterTrack",
  "GetMediaTrackInfo_Value", "GetOS", "GetPlayStateEx", "GetProjExtState", "GetProjectLength", "GetProjectName",
  "GetProjectStateChangeCount", "GetSetMediaTrackInfo_String", "GetTrack", "GetTrackDepth", "GetTrackEnvelopeByChunkName",
  "GetTrackGUID", "GetTrackStateChunk", "InsertEnvelopePointEx", "Main_OnCommandEx", "PreventUIRefresh",
  "ScaleFromEnvelopeMode", "ScaleToEnvelopeMode", "SetEnvelopePointEx", "SetEnvelopeStateChunk", "SetExtState",
  "SetMediaTrackInfo_Value", "SetProjExtState", "SetTrackStateChunk", "TimeMap_GetTimeSigAtTime", "Track_GetPeakHoldDB",
  "Track_GetPeakInfo", "TrackList_AdjustWindows", "Undo_BeginBlock2", "Undo_CanUndo2", "Undo_DoUndo2", "Undo_EndBlock2",
  "UpdateArrange", "defer", "genGuid"
}

local function refuse (why, next)
  error ({ why = why, next = next or "" }, 0)
end

-- What is done to put things back is done once more if it fails.
local function surely (f, ...)
  if pcall (f, ...) then return true end
  return (pcall (f, ...))
end

-- --- words --------------------------------------------------------------------------------------------------------

local function in_a_field (text)
  return (tostring (text):gsub ("[%c%%]", function (letter) return ("%%%02X"):format (letter:byte ()) end))
end

local function plain (text)
  return (text:gsub ("%%(%x%x)", function (hex) return string.char (tonumber (hex, 16)) end))
end

-- Exact; with a point whatever the language of the machine is.
local function exact (number)
  if number ~= number or number == math.huge then return "-" end
  if number == -math.huge then return "-inf" end
  return (("%.17g"):format (number):gsub (",", "."))
end

local function whole (number)
  return ("%d"):format (math.floor (number + 0.5))
end

local function decibels (gain)
  return gain > 0 and 20 * math.log (gain, 10) or -math.huge
end

local function number_in (text)
  if not text or #text > 40 or not text:match ("^%-?%d+%.?%d*[eE]?[+-]?%d*$") then return nil end
  local number = tonumber (text)
  return number and number + 0.0
end

local function fields_of (line)
  local fields = {}
  for field in (line .. "\t"):gmatch ("([^\t]*)\t") do fields[#fields + 1] = field end
  return fields
end

local function line_of (...)
  local fields = { ... }
  for i, field in ipairs (fields) do fields[i] = in_a_field (field) end
  return table.concat (fields, "\t")
end

-- --- the request --------------------------------------------------------------------------------------------------

-- Windows renames onto no file that is there.
local function rename (from, to)
  local done, problem = os.rename (from, to)
  if done then return true end
  local file = io.open (from, "rb")
  if not file then return false, problem end
  file:close ()
  os.remove (to)
  return os.rename (from, to)
end

-- Nobody else takes it up once it is renamed. Of one that is too big only the first line. nil: there is none.
local function take_request ()
  local taken = request_file .. ".taken"
  if not rename (request_file, taken) then return nil end
  local file = io.open (taken, "rb")
  if not file then return nil end
  local too_big = file:seek ("end") > most_bytes
  file:seek ("set")
  local text = file:read (too_big and 1000 or "a") or ""
  file:close ()
  os.remove (taken)
  return too_big and text:match ("^[^\n]*") .. "\n" or text, too_big
end

local function parse (text)
  local request = { tracks = {}, faders = {} }
  local at, ended = 1, false

  local function bad (what)
    refuse (("Line %d of the request %s."):format (at, what), ask_again)
  end
  local function number (text_of_it, from, to, what)
    local value = number_in (text_of_it)
    if not value or value < from or value > to then bad (("has the %s '%s'"):format (what, tostring (text_of_it))) end
    return value
  end
  local function flag (text_of_it, what)
    return number (text_of_it, 0, 1, what) ~= 0
  end
  local function count_fields (field, count)
    if #field ~= count then bad (("has %d fields, not %d"):format (#field, count)) end
  end
  local function verb (field, count)
    count_fields (field, count)
    if request.verb then bad ("asks for a second thing") end
    request.verb = field[1]
  end
  local function check_points ()
    local fader = request.faders[#request.faders]
    if fader and #fader.points ~= fader.count then
      bad (("comes after %d points of a fader that has %d"):format (#fader.points, fader.count))
    end
  end

  local take = {
    project = function (field)
      if #field ~= 3 then count_fields (field, 2) end
      request.project, request.path = plain (field[2]), field[3] and plain (field[3])
    end,
    identity = function (field) verb (field, 1) end,
    strips = function (field) verb (field, 1) end,
    read = function (field) verb (field, 1) end,
    write = function (field)
      verb (field, 2)
      request.undo_name = plain (field[2])
      if #request.undo_name == 0 or #request.undo_name > 200 then bad ("has no name that can be shown") end
    end,
    track = function (field)
      count_fields (field, 2)
      request.tracks[#request.tracks + 1] = plain (field[2])
    end,
    fader = function (field)
      count_fields (field, 11)
      check_points ()
      local fader = {
        guid = plain (field[2]), mode = field[3], gain = number (field[4], 0, highest_gain, "gain"),
        exists = flag (field[5], "flag"), active = flag (field[6], "flag"), visible = flag (field[7], "flag"),
        armed = flag (field[8], "flag"), scaling = field[9] ~= "-" and number (field[9], 0, 1, "scaling") or nil,
        count = number (field[11], 0, most_bytes, "number of points"), points = {}
      }
      if not mode_numbers[fader.mode] then bad (("has the mode '%s'"):format (fader.mode)) end
      if not fader.exists and (fader.active or fader.visible or fader.armed or fader.count > 0) then
        bad ("says what an envelope is that is to be none")
      end
      request.faders[#request.faders + 1] = fader
    end,
    point = function (field)
      count_fields (field, 7)
      local fader = request.faders[#request.faders]
      if not fader then bad ("has a point of no fader") end
      local point = {
        at = number (field[2], 0, longest_song, "time"), gain = number (field[3], 0, highest_gain, "gain"),
        shape = number (field[4], 0, 5, "shape"), tension = number (field[5], -1, 1, "tension"),
        selected = flag (field[6], "flag"), raw = field[7] ~= "-" and number (field[7], -1e6, 1e6, "raw value") or nil
      }
      if point.shape ~= math.floor (point.shape) then bad (("has the shape '%s'"):format (field[4])) end
      local before = fader.points[#fader.points]
      if before and before.at > point.at then bad ("has a point that is not in order of time") end
      fader.points[#fader.points + 1] = point
    end,
    ["end"] = function (field)
      count_fields (field, 1)
      check_points ()
      ended = true
    end
  }

  local first = true
  for line in text:gmatch ("([^\n]*)\n") do
    if not first then
      at = at + 1
      if ended then bad ("comes after the end") end
      local field = fields_of (line)
      if not take[field[1]] then bad (("has the word '%s'"):format (field[1]:sub (1, 40))) end
      take[field[1]] (field)
    end
    first = false
  end
  if not ended then refuse ("The request has no end.", ask_again) end
  return request
end

-- --- the project --------------------------------------------------------------------------------------------------

local function open_project ()
  local project, path = reaper.EnumProjects (-1, "")
  if not project then refuse ("REAPER has no project open.", "Open the project, then run the command again.") end
  return { handle = project, path = path or "", name = reaper.GetProjectName (project, "") or "" }
end

local function guid_of (project)
  local _, guid = reaper.GetProjExtState (project.handle, section, "project")
  return guid ~= "" and guid or nil
end

local function check_project (request, project)
  local same = request.project and request.project == guid_of (project) and (request.path or project.path) == project.path
  if not same then
    refuse (("REAPER has the project '%s' in front, not the one that is meant."):format (project.name),
            "Bring that project to the front, then run the command again.")
  end
end

local function each_track (project)
  local at, count = -1, reaper.CountTracks (project.handle)
  return function ()
    at = at + 1
    return at < count and reaper.GetTrack (project.handle, at) or nil
  end
end

local function name_of (track)
  local _, name = reaper.GetSetMediaTrackInfo_String (track, "P_NAME", "", false)
  return name or ""
end

-- The tracks of these GUIDs, in their order.
local function tracks_of (project, guids)
  local by_guid, found, seen = {}, {}, {}
  for track in each_track (project) do by_guid[reaper.GetTrackGUID (track)] = track end
  for i, guid in ipairs (guids) do
    if seen[guid] then refuse (("The request names the track %s twice."):format (guid)) end
    seen[guid] = true
    found[i] = by_guid[guid] or refuse (("REAPER has no track %s any more."):format (guid), ask_again)
  end
  return found
end

-- --- lines --------------------------------------------------------------------------------------------------------

local function envelope_of (track)
  return reaper.GetTrackEnvelopeByChunkName (track, "<VOLENV2")
end

local function set (track, what, value)
  if not reaper.SetMediaTrackInfo_Value (track, what, value) then
    refuse (("REAPER did not take %s of '%s'."):format (what, name_of (track)))
  end
end

local flag_words = { active = "ACT", visible = "VIS", armed = "ARM" }

-- The text in which REAPER keeps an envelope: older ones tell these in no other way.
local function chunk_of (track, env)
  local ok, chunk = reaper.GetEnvelopeStateChunk (env, "", false)
  if not ok then refuse (("REAPER does not tell the envelope of '%s'."):format (name_of (track))) end
  return chunk
end

local function read_line (track)
  local line = {
    guid = reaper.GetTrackGUID (track), mode = mode_words[reaper.GetMediaTrackInfo_Value (track, "I_AUTOMODE")],
    gain = reaper.GetMediaTrackInfo_Value (track, "D_VOL"), exists = false, active = false, visible = false, armed = false,
    items = 0, points = {}
  }
  if not line.mode then refuse (("'%s' has an automation mode that kedge does not know."):format (name_of (track))) end
  local env = envelope_of (track)
  if not env then return line end
  line.exists = true
  local chunk = chunk_of (track, env)
  for flag, word in pairs (flag_words) do line[flag] = (chunk:match ("\n%s*" .. word .. " (%d)") or "0") ~= "0" end
  line.scaling = reaper.GetEnvelopeScalingMode (env)
  line.items = reaper.CountAutomationItems (env)
  for i = 1, reaper.CountEnvelopePointsEx (env, -1) do
    local ok, at, raw, shape, tension, selected = reaper.GetEnvelopePointEx (env, -1, i - 1)
    if not ok then refuse (("REAPER does not tell point %d of '%s'."):format (i, name_of (track))) end
    line.points[i] = {
      at = at, raw = raw, gain = reaper.ScaleFromEnvelopeMode (line.scaling, raw), shape = shape, tension = tension,
      selected = selected
    }
  end
  return line
end

local function near (a, b)
  return math.abs (a - b) <= slack
end

local function same_points (now, wanted)
  if #now ~= #wanted then return false end
  for i, point in ipairs (now) do
    local other = wanted[i]
    -- Only a Bezier curve has a tension.
    if not near (point.at, other.at) or not near (point.gain, other.gain) or point.shape ~= other.shape or
       (point.shape == 5 and not near (point.tension, other.tension)) then
      return false
    end
  end
  return true
end

-- An envelope that does nothing and shows nowhere is as good as none: no script can take one away. A fader that
-- plays its envelope stands where that is.
local function is_as (now, wanted)
  if now.mode ~= wanted.mode then return false end
  if (now.mode == "trim" or not now.active) and not near (now.gain, wanted.gain) then return false end
  if now.active ~= wanted.active or now.visible ~= wanted.visible or now.armed ~= wanted.armed then return false end
  if wanted.exists and not now.exists then return false end
  if not wanted.active and #wanted.points == 0 then return true end
  return same_points (now.points, wanted.points)
end

local function raw_of (env, line, point)
  local scaling = reaper.GetEnvelopeScalingMode (env)
  if point.raw and line.scaling == scaling and near (reaper.ScaleFromEnvelopeMode (scaling, point.raw), point.gain) then
    return point.raw
  end
  return reaper.ScaleToEnvelopeMode (scaling, point.gain)
end

-- REAPER may keep a point that it was told to delete: then that one becomes the first.
local function put_points (env, line)
  reaper.DeleteEnvelopePointRangeEx (env, -1, -longest_song, longest_song * 2)
  local kept = reaper.CountEnvelopePointsEx (env, -1)
  for i, point in ipairs (line.points) do
    local raw, shape = raw_of (env, line, point), math.floor (point.shape)
    if i <= kept then
      reaper.SetEnvelopePointEx (env, -1, i - 1, point.at, raw, shape, point.tension, point.selected, true)
    else
      reaper.InsertEnvelopePointEx (env, -1, point.at, raw, shape, point.tension, point.selected, true)
    end
  end
  for i = kept, #line.points + 1, -1 do reaper.DeleteEnvelopePointEx (env, -1, i - 1) end
  reaper.Envelope_SortPointsEx (env, -1)
end

-- Its text has numbers that are cut short, so the flags go before the points.
local function put_flags (track, env, line)
  local chunk = chunk_of (track, env)
  local changed = chunk
  for flag, word in pairs (flag_words) do
    changed = changed:gsub ("(\n%s*" .. word .. " )%d", "%1" .. (line[flag] and "1" or "0"), 1)
  end
  if changed ~= chunk and not reaper.SetEnvelopeStateChunk (env, changed, false) then
    refuse (("REAPER did not take the envelope of '%s'."):format (name_of (track)))
  end
end

-- In trim mode meanwhile, in which the fader stands where it is put.
local function put (track, line)
  set (track, "I_AUTOMODE", 0)
  local env = envelope_of (track)
  if env then
    put_flags (track, env, line)
    put_points (envelope_of (track), line)
  end
  set (track, "D_VOL", line.gain)
  set (track, "I_AUTOMODE", mode_numbers[line.mode])
end

-- --- writing ------------------------------------------------------------------------------------------------------

local function selection_of (project)
  local selection = { { track = reaper.GetMasterTrack (project.handle) } }
  for track in each_track (project) do selection[#selection + 1] = { track = track } end
  for _, each in ipairs (selection) do each.selected = reaper.GetMediaTrackInfo_Value (each.track, "I_SELECTED") end
  return selection
end

local function select_as (selection)
  for _, each in ipairs (selection) do
    if reaper.GetMediaTrackInfo_Value (each.track, "I_SELECTED") ~= each.selected then
      reaper.SetMediaTrackInfo_Value (each.track, "I_SELECTED", each.selected)
    end
  end
end

-- By the track's text REAPER sets the whole track up anew, effects too: only if the action has not done it.
local function put_into_text (track)
  local ok, chunk = reaper.GetTrackStateChunk (track, "", false)
  if not ok then return end
  local envelope = "<VOLENV2\nEGUID " .. reaper.genGuid ("") ..
                   "\nACT 1 -1\nVIS 1 1 1\nLANEHEIGHT 0 0\nARM 0\nDEFSHAPE 0 -1 -1\nPT 0 1 0\n>\n"
  reaper.SetTrackStateChunk (track, chunk:gsub (">%s*$", "") .. envelope .. ">\n", false)
end

local function make_envelopes (project, lines, selection)
  local lacking = {}
  for _, line in ipairs (lines) do
    if line.exists and not line.before.exists then lacking[#lacking + 1] = line end
  end
  if #lacking == 0 then return end
  for _, each in ipairs (selection) do set (each.track, "I_SELECTED", 0) end
  for _, line in ipairs (lacking) do
    line.begun = true
    set (line.track, "I_SELECTED", 1)
    reaper.Main_OnCommandEx (show_volume_envelope, 0, project.handle)
    set (line.track, "I_SELECTED", 0)
    if not envelope_of (line.track) then put_into_text (line.track) end
    if not envelope_of (line.track) then refuse (("REAPER made no volume envelope for '%s'."):format (name_of (line.track))) end
  end
  select_as (selection)
end

local function check_tracks (project, lines)
  local playing = reaper.GetPlayStateEx (project.handle) % 2 == 1
  local override = override_words[reaper.GetGlobalAutomationOverride ()]
  for _, line in ipairs (lines) do
    line.before = read_line (line.track)
    local name = name_of (line.track)
    if line.before.items > 0 then
      refuse (("'%s' has automation items on its volume envelope."):format (name),
              "Glue them into the envelope or delete them, then run the command again.")
    end
    local mode = override or line.before.mode
    if playing and mode ~= "trim" and mode ~= "read" and mode ~= "bypass" then
      refuse (("REAPER may be writing automation to '%s'."):format (name), "Stop the transport, then run the command again.")
    end
  end
end

local function all_as_before (lines)
  for _, line in ipairs (lines) do
    if not is_as (read_line (line.track), line.before) then return false end
  end
  return true
end

-- By the values that were read, since what REAPER undoes it can redo: only if that fails, by its undo.
local function take_back (project, name, lines, selection, open)
  for _, line in ipairs (lines) do
    if line.begun then surely (put, line.track, line.before) end
  end
  surely (select_as, selection)
  local title = name .. " (taken back)"
  if open then surely (reaper.Undo_EndBlock2, project.handle, title, 1) end
  local done = false
  surely (function () done = all_as_before (lines) end)
  if done then return true end
  surely (function ()
    if open and reaper.Undo_CanUndo2 (project.handle) == title then reaper.Undo_DoUndo2 (project.handle) end
  end)
  surely (function () done = all_as_before (lines) end)
  return done
end

-- All or none. What REAPER has kept of it.
local function write (project, name, lines)
  check_tracks (project, lines)
  local selection = selection_of (project)
  local kept, open, held = {}, false, false
  local done, why = pcall (function ()
    reaper.Undo_BeginBlock2 (project.handle)
    open = true
    reaper.PreventUIRefresh (1)
    held = true
    make_envelopes (project, lines, selection)
    for i, line in ipairs (lines) do
      line.begun = true
      put (line.track, line)
      kept[i] = read_line (line.track)
      if not is_as (kept[i], line) then
        refuse (("REAPER did not keep the volume envelope of '%s' as it was written."):format (name_of (line.track)))
      end
    end
    reaper.Undo_EndBlock2 (project.handle, name, 1)
  end)
  local back = done or take_back (project, name, lines, selection, open)
  if held then surely (reaper.PreventUIRefresh, -1) end
  surely (reaper.TrackList_AdjustWindows, false)
  surely (reaper.UpdateArrange)
  if done then return kept end
  if type (why) ~= "table" then why = { why = "The script in REAPER failed: " .. tostring (why), next = "" } end
  if not back then
    why.failed = true
    why.next = "Not all could be put back. Undo in REAPER, and look at the tracks before you go on."
  end
  error (why, 0)
end

-- --- answers ------------------------------------------------------------------------------------------------------

local function tell_identity (out, project)
  local guid = guid_of (project)
  if not guid then
    guid = reaper.genGuid ("")
    reaper.SetProjExtState (project.handle, section, "project", guid)
  end
  out[#out + 1] = line_of ("reaper", reaper.GetAppVersion (), reaper.GetOS ())
  out[#out + 1] = line_of ("project", guid, project.path, project.name)
  out[#out + 1] = line_of ("state", whole (reaper.GetProjectStateChangeCount (project.handle)))
end

local function preference (name)
  local ok, text = false, nil
  if reaper.get_config_var_string then ok, text = reaper.get_config_var_string (name) end
  local number = ok and number_in (text)
  return number and exact (number) or "-"
end

local function tell_track (out, word, track)
  local function value (what) return reaper.GetMediaTrackInfo_Value (track, what) end
  local gain = value ("D_VOL")
  out[#out + 1] = line_of (
    word, reaper.GetTrackGUID (track), whole (value ("IP_TRACKNUMBER")), name_of (track), whole (reaper.GetTrackDepth (track)),
    whole (value ("I_FOLDERDEPTH")), whole (value ("I_SELECTED")), exact (gain), exact (decibels (gain)), exact (value ("D_PAN")),
    whole (value ("B_MUTE")), whole (value ("I_SOLO")), mode_words[value ("I_AUTOMODE")] or "-", whole (value ("I_NCHAN")),
    exact (decibels (reaper.Track_GetPeakInfo (track, 0))), exact (decibels (reaper.Track_GetPeakInfo (track, 1))),
    exact (reaper.Track_GetPeakHoldDB (track, 0, false) * 100), exact (reaper.Track_GetPeakHoldDB (track, 1, false) * 100))
end

local function tell_strips (out, project)
  out[#out + 1] = line_of ("length", exact (reaper.GetProjectLength (project.handle)))
  out[#out + 1] = line_of ("state", whole (reaper.GetProjectStateChangeCount (project.handle)))
  out[#out + 1] = line_of ("playing", whole (reaper.GetPlayStateEx (project.handle)))
  out[#out + 1] = line_of ("override", override_words[reaper.GetGlobalAutomationOverride ()] or "-")
  local beats, note, tempo = reaper.TimeMap_GetTimeSigAtTime (project.handle, 0)
  out[#out + 1] = line_of ("tempo", exact (tempo), whole (beats), whole (note))
  out[#out + 1] = line_of ("meters", preference ("vuminvol"), preference ("vumaxvol"))
  tell_track (out, "master", reaper.GetMasterTrack (project.handle))
  for track in each_track (project) do tell_track (out, "track", track) end
  local at = 0
  while true do
    local more, is_region, from, to, name, number = reaper.EnumProjectMarkers3 (project.handle, at)
    if not more or more == 0 then return end
    if is_region then
      out[#out + 1] = line_of ("region", whole (number), exact (from), exact (to), name or "")
    else
      out[#out + 1] = line_of ("marker", whole (number), exact (from), name or "")
    end
    at = at + 1
  end
end

local function digit (flag) return flag and "1" or "0" end

local function tell_lines (out, lines)
  for _, line in ipairs (lines) do
    out[#out + 1] = line_of (
      "fader", line.guid, line.mode, exact (line.gain), digit (line.exists), digit (line.active), digit (line.visible),
      digit (line.armed), line.scaling and whole (line.scaling) or "-", whole (line.items), whole (#line.points))
    for _, point in ipairs (line.points) do
      out[#out + 1] = table.concat ({
        "point", exact (point.at), exact (point.gain), whole (point.shape), exact (point.tension), digit (point.selected),
        exact (point.raw) }, "\t")
    end
  end
end

local function read_lines (project, guids)
  local lines = {}
  for i, track in ipairs (tracks_of (project, guids)) do lines[i] = read_line (track) end
  return lines
end

-- What comes again under its name is answered again, not done again.
local function write_once (out, project, request, id)
  local guids = {}
  for i, line in ipairs (request.faders) do guids[i] = line.guid end
  local tracks = tracks_of (project, guids)
  for i, line in ipairs (request.faders) do line.track = tracks[i] end
  if reaper.GetExtState (section, "last-write") == id then
    out[#out + 1] = line_of ("again")
    return tell_lines (out, read_lines (project, guids))
  end
  tell_lines (out, write (project, request.undo_name, request.faders))
  surely (reaper.SetExtState, section, "last-write", id, false)
end

local function carry_out (out, request, id)
  local project = open_project ()
  if not request.verb then refuse ("The request asks for nothing.", ask_again) end
  if (#request.tracks > 0) ~= (request.verb == "read") or (#request.faders > 0) ~= (request.verb == "write") then
    refuse ("The request asks for nothing that can be done.", ask_again)
  end
  if request.project or request.verb ~= "identity" then check_project (request, project) end
  if request.verb == "identity" then tell_identity (out, project) end
  if request.verb == "strips" then tell_strips (out, project) end
  if request.verb == "read" then tell_lines (out, read_lines (project, request.tracks)) end
  if request.verb == "write" then write_once (out, project, request, id) end
end

-- Whole or not at all.
local function answer (lines)
  local ready = request_file .. ".answer.ready"
  local file, problem = io.open (ready, "wb")
  local done = false
  if file then
    done, problem = file:write (table.concat (lines, "\n"), "\n")
    local closed, why = file:close ()
    if done and not closed then done, problem = false, why end
  end
  if done then done, problem = rename (ready, request_file .. ".answer") end
  if not done then reaper.ShowConsoleMsg ("kedge companion: no answer could be written: " .. tostring (problem) .. "\n") end
end

local function check_head (of_version, laid_down, too_big)
  if not of_version then refuse ("The request is none of kedge's.") end
  if math.abs (os.time () - tonumber (laid_down)) > longest_wait then refuse ("The request is too old.", ask_again) end
  if of_version ~= version then
    refuse ("The companion script in REAPER is of another version than kedge.", "Run 'kedge --surface reaper doctor --install-reaper'.")
  end
  if too_big then refuse ("The request is too big.", "Ask for fewer tracks at a time.") end
  for _, name in ipairs (needed) do
    if not reaper[name] then refuse (("This REAPER is too old: it has no %s."):format (name), "Install a newer REAPER.") end
  end
end

local function main ()
  local text, too_big = take_request ()
  if not text then return end
  local of_version, id, laid_down = text:match ("^kedge%-reaper\t(%d+)\t([%w%-]+)\t(%d+)\n")
  local out = {}
  local done, why = pcall (function ()
    check_head (of_version, laid_down, too_big)
    carry_out (out, parse (text), id)
  end)
  local lines = { line_of ("answer", id or "-", version) }
  if done then
    lines[2] = "done"
    table.move (out, 1, #out, 3, lines)
  else
    if type (why) ~= "table" then why = { why = "The script in REAPER failed: " .. tostring (why), next = "" } end
    lines[2] = line_of (why.failed and "failed" or "refused", why.why, why.next)
  end
  lines[#lines + 1] = line_of ("end", whole (#lines))
  answer (lines)
end

-- A script that is deferred leaves no step of its own in REAPER's undo; started once more meanwhile, it takes its own place
-- without a question.
if reaper.set_action_options then pcall (reaper.set_action_options, 3) end
if reaper.defer then pcall (reaper.defer, function () end) end
local ok, problem = pcall (main)
if not ok then reaper.ShowConsoleMsg ("kedge companion: " .. tostring (problem) .. "\n") end
