-- As much of REAPER's script interface as kedge.lua uses, over a project in memory. What it does where the published interface
-- says nothing is a guess; `daw.quirks` turns other guesses on.

local stub = {}

local function copy (value)
  if type (value) ~= "table" then return value end
  local all = {}
  for key, each in pairs (value) do all[key] = copy (each) end
  return all
end
stub.copy = copy

function stub.track (guid, name, fields)
  local track = {
    guid = guid, name = name, depth = 0, points = nil, P = { 0.25, 0.125 }, H = { -4, -6 },
    info = { D_VOL = 1.0, D_PAN = 0.0, B_MUTE = 0.0, I_SOLO = 0.0, I_AUTOMODE = 0.0, I_SELECTED = 0.0, I_FOLDERDEPTH = 0.0, I_NCHAN = 2.0 }
  }
  for key, value in pairs (fields or {}) do
    if track.info[key] then track.info[key] = value else track[key] = value end
  end
  return track
end

function stub.envelope (points, fields)
  local env = { ACT = 1, VIS = 1, ARM = 0, scaling = 0, items = 0, points = points or {} }
  for key, value in pairs (fields or {}) do env[key] = value end
  return env
end

local function to_scaled (mode, gain) return mode == 1 and 1000 * (gain / 4) ^ 0.25 or gain end
local function from_scaled (mode, raw) return mode == 1 and 4 * (raw / 1000) ^ 4 or raw end

-- All that a project is: the tests compare it. Envelopes and tracks are told by their GUID, as pointers stay what they are.
function stub.new (state)
  local daw = {
    state = state, quirks = {}, undo = {}, calls = {}, refresh = 0, ext = {}, console = {}, broken = {},
    lazy = {}, fail_at = {}, vars = { vuminvol = "-62", vumaxvol = "6.00" }, deferred = 0, open_block = nil
  }
  local guids = 0

  local function track_of (handle)
    if handle == "master" then return daw.state.master end
    for _, track in ipairs (daw.state.tracks) do
      if track.guid == handle then return track end
    end
    error ("no such MediaTrack: " .. tostring (handle))
  end
  local function env_of (handle)
    return assert (track_of (handle.of).env, "no such TrackEnvelope")
  end
  local function chunk_of (env)
    local lines = { "<VOLENV2", "EGUID {0}", ("ACT %d -1"):format (env.ACT), ("VIS %d 1 1"):format (env.VIS), "LANEHEIGHT 0 0",
                    ("ARM %d"):format (env.ARM), "DEFSHAPE 0 -1 -1", ("VOLTYPE %d"):format (env.scaling) }
    for _, p in ipairs (env.points) do
      lines[#lines + 1] = ("PT %.6f %.6f %d 0 %d 0 %.6f"):format (p.at, p.raw, p.shape, p.selected and 1 or 0, p.tension)
    end
    return table.concat (lines, "\n") .. "\n>\n"
  end
  local function env_from (chunk, env)
    for word, number in chunk:gmatch ("\n(%u+) (%-?%d+)") do
      if env[word] then env[word] = tonumber (number) end
    end
    env.scaling = tonumber (chunk:match ("\nVOLTYPE (%d)") or "0")
    env.points = {}
    for at, raw, shape, selected, tension in (chunk .. "\n"):gmatch ("\nPT (%S+) (%S+) (%d+) ?%d* ?(%d*) ?%d* ?(%S*)") do
      env.points[#env.points + 1] = { at = tonumber (at), raw = tonumber (raw), shape = tonumber (shape),
                                      selected = selected == "1", tension = tonumber (tension) or 0.0 }
    end
    return env
  end
  local function sort (env)
    for i, point in ipairs (env.points) do point.place = i end
    table.sort (env.points, function (a, b) return a.at < b.at or (a.at == b.at and a.place < b.place) end)
    for _, point in ipairs (env.points) do point.place = nil end
    env.unsorted = nil
  end
  local function show_envelope ()
    if daw.quirks.no_action then return end
    for _, track in ipairs (daw.state.tracks) do
      if track.info.I_SELECTED == 1 and not track.env then
        track.env = stub.envelope ({ { at = 0.0, raw = 1.0, shape = 0, tension = 0.0, selected = false } }, { scaling = daw.quirks.scaling or 0 })
        if daw.quirks.applies_fader then
          track.env.points[1].raw = to_scaled (track.env.scaling, track.info.D_VOL)
          track.info.D_VOL = 1.0
        end
      elseif track.info.I_SELECTED == 1 then
        track.env.VIS = 1 - track.env.VIS
      end
    end
  end

  local api = {
    EnumProjects = function () if daw.state.closed then return nil, "" end return "project", daw.state.path end,
    GetProjectName = function () return daw.state.name end,
    GetProjectLength = function () return daw.state.length end,
    GetProjectStateChangeCount = function () return #daw.calls end,
    GetProjExtState = function (_, s, key) local v = daw.state.ext[s .. "/" .. key] return v and 1 or 0, v or "" end,
    SetProjExtState = function (_, s, key, value) daw.state.ext[s .. "/" .. key] = value return 1 end,
    GetExtState = function (s, key) return daw.ext[s .. "/" .. key] or "" end,
    SetExtState = function (s, key, value) daw.ext[s .. "/" .. key] = value end,
    GetAppVersion = function () return "7.22/linux-x86_64" end,
    GetOS = function () return "Other" end,
    genGuid = function () guids = guids + 1 return ("{00000000-0000-0000-0000-%012d}"):format (guids) end,
    CountTracks = function () return #daw.state.tracks end,
    GetTrack = function (_, i) return daw.state.tracks[i + 1] and daw.state.tracks[i + 1].guid end,
    GetMasterTrack = function () return "master" end,
    GetTrackGUID = function (track) return track_of (track).guid end,
    GetTrackDepth = function (track) return track_of (track).depth end,
    GetSetMediaTrackInfo_String = function (track, what) return what == "P_NAME" and track ~= "master", track_of (track).name end,
    GetMediaTrackInfo_Value = function (handle, what)
      if what == "IP_TRACKNUMBER" then
        for i, track in ipairs (daw.state.tracks) do if track.guid == handle then return i + 0.0 end end
        return -1.0
      end
      local track = track_of (handle)
      if what == "D_VOL" and daw.quirks.fader_follows and track.env and track.env.ACT == 1 and track.info.I_AUTOMODE > 0 then
        return 0.123
      end
      return assert (track.info[what], what)
    end,
    SetMediaTrackInfo_Value = function (handle, what, value)
      local track = track_of (handle)
      assert (track.info[what], what)
      local plays = daw.quirks.fader_is_held and track.env and track.env.ACT == 1 and track.info.I_AUTOMODE > 0
      if what ~= "D_VOL" or not plays then track.info[what] = value + 0.0 end
      return true
    end,
    Track_GetPeakInfo = function (track, channel) return track_of (track).P[channel + 1] end,
    Track_GetPeakHoldDB = function (track, channel, clear) assert (clear == false) return track_of (track).H[channel + 1] * 0.01 end,
    GetPlayStateEx = function () return daw.state.playing or 0 end,
    GetGlobalAutomationOverride = function () return daw.state.override or -1 end,
    TimeMap_GetTimeSigAtTime = function () return 4, 4, 120.5 end,
    EnumProjectMarkers3 = function (_, i)
      local m = daw.state.markers[i + 1]
      if not m then return 0, false, 0.0, 0.0, "", 0, 0 end
      return i + 1, m.to ~= nil, m.from, m.to or 0.0, m.name, m.number, 0
    end,
    get_config_var_string = function (name) local v = daw.vars[name] return v ~= nil, v or "" end,
    GetTrackEnvelopeByChunkName = function (track, name)
      assert (name == "<VOLENV2")
      return track_of (track).env and { of = track } or nil
    end,
    GetEnvelopeStateChunk = function (env, _, undo) assert (undo == false) return true, chunk_of (env_of (env)) end,
    SetEnvelopeStateChunk = function (env, chunk, undo)
      assert (undo == false)
      env_from (chunk, env_of (env))
      return true
    end,
    GetTrackStateChunk = function (track)
      local env = track_of (track).env
      return true, "<TRACK\nNAME x\n<FXCHAIN\n>\n" .. (env and chunk_of (env) or "") .. ">\n"
    end,
    SetTrackStateChunk = function (handle, chunk)
      if daw.quirks.no_text then return false end
      local text = chunk:match ("<VOLENV2.->\n>\n$")
      assert (text, "the envelope is to be within the track")
      track_of (handle).env = env_from (text, stub.envelope ())
      return true
    end,
    GetEnvelopeScalingMode = function (env) return env_of (env).scaling end,
    ScaleFromEnvelopeMode = from_scaled,
    ScaleToEnvelopeMode = to_scaled,
    CountAutomationItems = function (env) return env_of (env).items end,
    CountEnvelopePointsEx = function (env, item) assert (item == -1) return #env_of (env).points end,
    GetEnvelopePointEx = function (env, item, i)
      assert (item == -1 and not env_of (env).unsorted)
      local p = env_of (env).points[i + 1]
      if not p then return false end
      return true, p.at, p.raw, p.shape, p.tension, p.selected
    end,
    InsertEnvelopePointEx = function (env, item, at, raw, shape, tension, selected, no_sort)
      assert (item == -1 and no_sort == true and math.type (shape) == "integer")
      if daw.quirks.most_raw then raw = math.min (raw, daw.quirks.most_raw) end
      env_of (env).unsorted = true
      table.insert (env_of (env).points, { at = at, raw = raw, shape = shape, tension = tension, selected = selected })
      return true
    end,
    SetEnvelopePointEx = function (env, item, i, at, raw, shape, tension, selected, no_sort)
      assert (item == -1 and no_sort == true and env_of (env).points[i + 1])
      env_of (env).unsorted = true
      env_of (env).points[i + 1] = { at = at, raw = raw, shape = shape, tension = tension, selected = selected }
      return true
    end,
    DeleteEnvelopePointEx = function (env, item, i)
      assert (item == -1)
      local points = env_of (env).points
      if daw.quirks.last_stays and #points == 1 then return false end
      return table.remove (points, i + 1) ~= nil
    end,
    DeleteEnvelopePointRangeEx = function (env, item, from, to)
      assert (item == -1)
      local points = env_of (env).points
      for i = #points, (daw.quirks.keeps_first or daw.quirks.last_stays) and 2 or 1, -1 do
        if points[i].at >= from and points[i].at < to then table.remove (points, i) end
      end
      return true
    end,
    Envelope_SortPointsEx = function (env, item) assert (item == -1) sort (env_of (env)) return true end,
    Main_OnCommandEx = function (number) assert (number == 40406) show_envelope () end,
    PreventUIRefresh = function (by) daw.refresh = daw.refresh + by end,
    TrackList_AdjustWindows = function () end,
    UpdateArrange = function () end,
    Undo_BeginBlock2 = function () daw.open_block = copy (daw.state) end,
    Undo_EndBlock2 = function (_, name, flags)
      assert (flags == 1 and daw.open_block)
      daw.undo[#daw.undo + 1] = { name = name, before = daw.open_block }
      daw.open_block = nil
    end,
    Undo_CanUndo2 = function () return daw.undo[#daw.undo] and daw.undo[#daw.undo].name end,
    Undo_DoUndo2 = function () daw.state = copy (table.remove (daw.undo).before) return 1 end,
    ShowConsoleMsg = function (text) daw.console[#daw.console + 1] = text end,
    defer = function () daw.deferred = daw.deferred + 1 end
  }

  daw.reaper = {}
  for name, call in pairs (api) do
    daw.reaper[name] = function (...)
      daw.calls[#daw.calls + 1] = name
      if daw.fail_at[#daw.calls] or daw.broken[name] then error ("injected into " .. name, 0) end
      if daw.lazy[name] then return false end
      return call (...)
    end
  end
  return daw
end

return stub
