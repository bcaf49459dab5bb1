ardour {
  ["type"] = "EditorAction",
  name = "kedge companion",
  license = "MIT",
  author = "kedge",
  description = [[Reads and writes fader automation for kedge, which calls this over OSC. Called by hand it does nothing.]]
}

function factory () return (function ()
  local request_file = "@REQUEST_FILE@"
  local version = "1"
  local points_a_message = 100
  local most_lines = 2000000
  local longest_wait = 120 -- seconds: what lies there longer is nobody's any more
  local state_of = {
    manual = ARDOUR.AutoState.Off, play = ARDOUR.AutoState.Play, write = ARDOUR.AutoState.Write,
    touch = ARDOUR.AutoState.Touch, latch = ARDOUR.AutoState.Latch
  }
  local last_write = {} -- the last write carried out: asked for again, it is answered again

  local function refuse (why, next)
    error ({ why = why, next = next or "" }, 0)
  end

  local function whole (text)
    return text and #text < 18 and text:match ("^%-?%d+$") and math.tointeger (tonumber (text))
  end

  local function gain_of (text)
    local gain = text and tonumber (text)
    if not gain or gain ~= gain or gain < 0 or gain > 100 then refuse ("The request has the gain '" .. tostring (text) .. "'.") end
    return gain + 0.0
  end

  local function plain (text)
    return (text:gsub ("%%(%x%x)", function (hex) return string.char (tonumber (hex, 16)) end))
  end

  local function fields_of (line)
    local fields = {}
    for field in (line .. "\t"):gmatch ("([^\t]*)\t") do fields[#fields + 1] = field end
    return fields
  end

  -- Nobody else takes it up once it is renamed; nil: there is none.
  local function take_request ()
    local taken = request_file .. ".taken"
    if not os.rename (request_file, taken) then return nil end
    local file = io.open (taken, "rb")
    local text = file and file:read ("a")
    if file then file:close () end
    os.remove (taken)
    return text
  end

  -- The strip of a name, as long as there is one only.
  local function find (name)
    local found = nil
    for route in Session:get_routes ():iter () do
      if route:name () == name then
        if found then refuse ("Ardour has two strips '" .. name .. "'.", "Give one of them another name.") end
        found = route
      end
    end
    for vca in Session:vca_manager ():vcas ():iter () do
      if vca:name () == name then
        if found then refuse ("Ardour has two strips '" .. name .. "'.", "Give one of them another name.") end
        found = vca
      end
    end
    local control = found and found:gain_control ()
    if not control or control:isnil () or control:alist ():isnil () then
      refuse ("Ardour has no strip '" .. name .. "' with a fader.", "Run the command again.")
    end
    return control
  end

  local function points_of (list)
    local points = {}
    for event in list:events ():iter () do
      points[#points + 1] = { at = event.when:samples (), gain = event.value }
    end
    return points
  end

  local function mode_of (control)
    local state = control:automation_state ()
    for name, each in pairs (state_of) do
      if each == state then return name end
    end
    return "manual"
  end

  local function read_one (control)
    return { mode = mode_of (control), rest = control:get_value (), points = points_of (control:alist ()) }
  end

  -- In Play a fader takes no value, so its mode is Manual meanwhile, and where it rests is heard only if it stays there.
  -- `add` draws points of one value into one, `editor_add` puts one of its own before the first: so one of the one, and
  -- then the other. An empty list gets points from Ardour when it becomes one that is touched.
  local function put (control, line)
    local list = control:alist ()
    control:set_automation_state (ARDOUR.AutoState.Off)
    list:clear_list ()
    for i, point in ipairs (line.points) do
      local at = Temporal.timepos_t (point.at)
      if i == 1 then list:add (at, point.gain, false, false) else list:editor_add (at, point.gain, false) end
    end
    control:set_value (line.rest, PBD.GroupControlDisposition.NoGroup)
    control:set_automation_state (state_of[line.mode])
    if #line.points == 0 then list:clear_list () end
  end

  -- Ardour may keep time in beats: then a sample is what it comes out as.
  local function is_as (control, line)
    local now = points_of (control:alist ())
    local slack = Session:nominal_sample_rate () / 1000
    if #now ~= #line.points or mode_of (control) ~= line.mode then return false end
    for i, point in ipairs (now) do
      local wanted = line.points[i]
      if math.abs (point.at - wanted.at) > slack or math.abs (point.gain - wanted.gain) > 1e-6 then return false end
    end
    return true
  end

  -- All or none.
  local function write (name, lines)
    for _, line in ipairs (lines) do
      line.control = find (line.name)
      local list = line.control:alist ()
      local records = mode_of (line.control) == "write" or list:touching () or list:in_write_pass ()
      if Session:transport_rolling () and records then
        refuse ("Ardour is writing automation to '" .. line.name .. "'.", "Stop the transport, then run the command again.")
      end
      line.before = read_one (line.control)
    end
    Session:begin_reversible_command (name)
    local done, why = pcall (function ()
      for _, line in ipairs (lines) do
        local list = line.control:alist ()
        local before = list:get_state ()
        line.begun = true
        put (line.control, line)
        Session:add_command (list:memento_command (before, list:get_state ()))
        if not is_as (line.control, line) then
          refuse ("Ardour did not keep the points of '" .. line.name .. "' as they were written.")
        end
      end
    end)
    if done then
      Session:commit_reversible_command (nil)
      return
    end
    for _, line in ipairs (lines) do
      if line.begun then pcall (put, line.control, line.before) end
    end
    Session:abort_reversible_command ()
    error (why, 0)
  end

  local function parse (text)
    local request = { reads = {}, faders = {} }
    local ended = false
    local count = 0
    for line in text:gmatch ("([^\n]*)\n") do
      count = count + 1
      if ended or count > most_lines then refuse ("The request goes on after its end.") end
      local field = fields_of (line)
      local word = field[1]
      if count == 1 then
        if word ~= "kedge-companion" then refuse ("The request is none of kedge's.") end
        request.version = field[2]
      elseif word == "request" then request.number = whole (field[2])
      elseif word == "session" then request.session = plain (field[2] or "")
      elseif word == "read" then request.reads[#request.reads + 1] = plain (field[2] or "")
      elseif word == "write" then request.undo_name = plain (field[2] or "")
      elseif word == "fader" then
        if not state_of[field[3] or ""] then refuse ("The request has the mode '" .. tostring (field[3]) .. "'.") end
        request.faders[#request.faders + 1] =
          { name = plain (field[2] or ""), mode = field[3], rest = gain_of (field[4]), points = {} }
      elseif word == "point" then
        local fader = request.faders[#request.faders]
        local at = whole (field[2])
        if not fader or not at or at < 0 then refuse ("The request has a point that is none.") end
        local before = fader.points[#fader.points]
        if before and before.at >= at then refuse ("The request's points are not in order of time.") end
        fader.points[#fader.points + 1] = { at = at, gain = gain_of (field[3]) }
      elseif word == "end" then ended = true
      else refuse ("The request has the word '" .. tostring (word) .. "'.") end
    end
    if not ended then refuse ("The request has no end.", "Run the command again.") end
    return request
  end

  local function check (request)
    if request.version ~= version then
      refuse ("The companion script in Ardour is of another version than kedge.",
              "Run 'kedge doctor --install-companion', then start Ardour again.")
    end
    if not request.number then refuse ("The request has no number.") end
    if request.session ~= Session:snap_name () then
      refuse ("Ardour has the session '" .. Session:snap_name () .. "' open, not '" .. tostring (request.session) .. "'.",
              "Open that session, then run the command again.")
    end
    if (#request.reads > 0) == (request.undo_name ~= nil) or (#request.faders > 0) ~= (request.undo_name ~= nil) then
      refuse ("The request asks for nothing that can be done.")
    end
    local seen = {}
    for _, fader in ipairs (request.faders) do
      if seen[fader.name] then refuse ("The request names '" .. fader.name .. "' twice.") end
      seen[fader.name] = true
    end
  end

  local function tell_line (address, number, place, line)
    address:send ("/kedge/companion/fader", "iissi", number, place, line.mode, string.format ("%.17g", line.rest), #line.points)
    for first = 1, #line.points, points_a_message do
      local parts = {}
      for i = first, math.min (first + points_a_message - 1, #line.points) do
        parts[#parts + 1] = string.format ("%d %.17g", line.points[i].at, line.points[i].gain)
      end
      address:send ("/kedge/companion/points", "iiis", number, place, first - 1, table.concat (parts, ";"))
    end
  end

  local function carry_out (request, port, address)
    check (request)
    if request.undo_name then
      if last_write.number ~= request.number or last_write.port ~= port then
        write (request.undo_name, request.faders)
        last_write = { number = request.number, port = port }
      end
      address:send ("/kedge/companion/done", "ii", request.number, #request.faders)
      return
    end
    local lines = {}
    for i, name in ipairs (request.reads) do lines[i] = read_one (find (name)) end
    for i, line in ipairs (lines) do tell_line (address, request.number, i - 1, line) end
    address:send ("/kedge/companion/done", "ii", request.number, #request.reads)
  end

  return function ()
    local ok, problem = pcall (function ()
      local text = take_request ()
      if not text then return end
      local port, laid_down = text:match ("^reply\t(%d+)\t(%d+)\n")
      if not port or math.abs (os.time () - tonumber (laid_down)) > longest_wait then return end
      local address = ARDOUR.LuaOSC.Address ("osc.udp://127.0.0.1:" .. port)
      local number = whole (text:match ("\nrequest\t(%d+)\n")) or 0
      local done, why = pcall (function ()
        carry_out (parse (text:gsub ("^[^\n]*\n", "", 1)), port, address)
      end)
      if done then return end
      local refusal = type (why) == "table" and why or { why = "The companion script failed: " .. tostring (why), next = "" }
      address:send ("/kedge/companion/refused", "iss", number, refusal.why, refusal.next)
    end)
    if not ok then print ("kedge companion: " .. tostring (problem)) end
  end
end)() end
