/* The hall display on a television: asks the desk what is called, turns its pages, says new calls.
   Written for old browsers: no modules, no arrow functions, nothing from elsewhere. */
(function () {
  "use strict";
  var GROWTH = [0.54, 0.49, 0.44, 0.4, 0.36, 0.33];
  var pages = null, board = null, turning = null, known = null, offset = 0;
  var language = "", fixed = "", place = 0, part = 0, turn = 0, front = "", frontTimer = 0, frontSince = 0, coming = [];
  var queue = [], playing = false, mayPlay = false, muted = false, lost = false;

  function id(name) { return document.getElementById(name); }
  function put(name, text) { var e = id(name); if (e.textContent !== text) { e.textContent = text; } }
  function make(kind, text, parent) {
    var e = document.createElement(kind);
    if (text) { e.textContent = text; }
    if (parent) { parent.appendChild(e); }
    return e;
  }
  function empty(e) { while (e.firstChild) { e.removeChild(e.firstChild); } return e; }
  function wish(name) {
    var found = new RegExp("[?&]" + name + "=([^&]*)").exec(window.location.search);
    return found ? decodeURIComponent(found[1]) : "";
  }

  function ask(address, then) {
    var request = new XMLHttpRequest();
    request.open("GET", address, true);
    request.timeout = 30000;
    request.onload = function () {
      var said = null;
      if (request.status === 200) { try { said = JSON.parse(request.responseText); } catch (e) { said = null; } }
      then(said);
    };
    request.onerror = request.ontimeout = function () { then(null); };
    request.send();
  }

  function listen() {
    var seen = board && !lost ? board.version : "";
    ask("board.json?seen=" + encodeURIComponent(seen), function (said) {
      if (!said) {
        if (!lost) { lost = true; show(); }
        window.setTimeout(listen, 1000);
        return;
      }
      lost = false;
      offset = said.now * 1000 - new Date().getTime();
      board = said;
      if (!turning || turning.version !== said.turning) { learn(listen); return; }
      look();
      listen();
    });
  }

  function learn(then) {
    ask("pages.json", function (said) {
      if (said) {
        turning = said;
        if (!turning.languages[language]) { language = turning.order[0]; }
        fixed = turning.languages[wish("lang")] ? wish("lang") : "";
        if (fixed) { language = fixed; }
        if (board) { look(); }
      }
      window.setTimeout(then, said ? 0 : 1000);
    });
  }

  function look() {
    var calls = board.boards[language].calls, fresh = [], i;
    for (i = 0; i < calls.length; i += 1) {
      if (known && !known[calls[i].key] && !calls[i].serving) { fresh.push(calls[i]); }
    }
    known = known || {};
    for (i = 0; i < calls.length; i += 1) { known[calls[i].key] = true; }
    for (i = fresh.length - 1; i >= 0; i -= 1) { bringForward(fresh[i]); }
    show();
  }

  function bringForward(call) {
    coming.push(call.key);
    if (!isCalled(front)) { nextInFront(); } else { stay(frontSince + half() - new Date().getTime()); }
    queue.push(call);
    if (queue.length > 8) { queue.shift(); }
    say();
  }

  function half() { return turning.call_seconds * 500; }
  function isCalled(key) {
    var calls = board.boards[language].calls, i;
    for (i = 0; i < calls.length; i += 1) { if (calls[i].key === key) { return true; } }
    return false;
  }

  function stay(milliseconds) {
    window.clearTimeout(frontTimer);
    frontTimer = window.setTimeout(function () { nextInFront(); show(); }, Math.max(0, milliseconds));
  }

  function nextInFront() {
    while (coming.length && !isCalled(coming[0])) { coming.shift(); }
    front = coming.shift() || "";
    if (!front) { return; }
    frontSince = new Date().getTime();
    stay(half() * (coming.length ? 1 : 2));
    id("front").className = "";
    if (!turning.calm) { window.setTimeout(function () { id("front").className = "fading"; }, 0); }
  }

  function say() {
    if (playing || !queue.length) { return; }
    var call = queue.shift();
    if (!mayPlay || muted || !turning.voice || quiet()) { say(); return; }
    playing = true;
    play("sound/" + call.number + "-" + (call.counter || "0") + ".wav", function (played) {
      playing = false;
      if (!played) { offer(); }
      say();
    });
  }

  function play(address, then) {
    var audio = new window.Audio(), done = false, promise;
    function end(played) { if (!done) { done = true; then(played); } }
    audio.onended = function () { end(true); };
    audio.onerror = function () { end(false); };
    audio.src = address;
    promise = audio.play();
    if (promise && promise["catch"]) { promise["catch"](function () { end(false); }); }
  }

  function offer() { mayPlay = false; show(); }

  function quiet() {
    var at = id("clock").textContent, i, span;
    for (i = 0; i < turning.quiet.length; i += 1) {
      span = turning.quiet[i].split("-");
      if (span[0] < span[1] ? at >= span[0] && at < span[1] : at >= span[0] || at < span[1]) { return true; }
    }
    return false;
  }

  function two(n) { return (n < 10 ? "0" : "") + n; }
  function tick() {
    if (!turning) { return; }
    // The clock of the desk in China's zone, whatever this television believes.
    var now = new Date(new Date().getTime() + offset + 8 * 3600000), mine = turning.languages[language];
    put("clock", two(now.getUTCHours()) + ":" + two(now.getUTCMinutes()));
    put("date", now.getUTCFullYear() + "-" + two(now.getUTCMonth() + 1) + "-" + two(now.getUTCDate()) +
      "  " + mine.weekdays[(now.getUTCDay() + 6) % 7]);
  }

  function show() {
    if (!turning || !board) { return; }
    size();
    var mine = turning.languages[language], words = mine.words, b = board.boards[language];
    document.documentElement.lang = language;
    document.title = mine.title;
    put("station", mine.turning.station);
    put("hours", mine.turning.hours ? words.hours + " " + mine.turning.hours : "");
    tick();
    put("calling", words.calling);
    showCalls(b, words);
    showMissed(b, words);
    showWaiting(b, words);
    showPage(mine, words);
    showFront(b, words);
    showFoot(mine, words);
    showSound(words);
  }

  function showSound(words) {
    var silent = !turning.voice || muted ? words.muted : quiet() ? words.quiet : "";
    put("sound", silent);
    put("speak", words.start_sound);
    id("speak").hidden = mayPlay || silent !== "";
    id("sound").hidden = !id("speak").hidden;
  }

  function showCalls(b, words) {
    var first = b.calls[0], others = empty(id("others")), i, li;
    id("newest").className = first ? "" : "empty";
    put("number", first ? first.number : "");
    put("where", first ? first.where : words.nobody_called);
    for (i = 1; i < Math.min(b.calls.length, 5); i += 1) {
      li = make("li", "", others);
      if (b.calls[i].serving) { li.className = "serving"; }
      make("b", b.calls[i].number, li);
      make("span", b.calls[i].where, li);
    }
  }

  function showMissed(b, words) {
    id("missed").hidden = !b.missed.length;
    put("missed-label", words.missed);
    put("missed-numbers", b.missed.join("  "));
    put("missed-what", words.missed_what);
  }

  function showWaiting(b, words) {
    var list = empty(id("groups")), groups = b.groups, columns = upright() ? 2 : 1, row = unit() * 5;
    put("waiting", words.waiting);
    var rows = Math.max(1, Math.floor((id("waits").clientHeight - id("waiting").offsetHeight) / row));
    var sheets = Math.max(1, Math.ceil(groups.length / (rows * columns))), sheet = turn % sheets, i, li;
    put("waiting", groups.length ? words.waiting + (sheets > 1 ? "  " + (sheet + 1) + "/" + sheets : "") :
      words.nobody_waits);
    for (i = sheet * rows * columns; i < Math.min(groups.length, (sheet + 1) * rows * columns); i += 1) {
      li = make("li", "", list);
      make("span", groups[i].name, li);
      make("b", groups[i].people, li);
      make("i", groups[i].wait, li);
    }
  }

  function showPage(mine, words) {
    var all = mine.turning.pages, page = all[place % Math.max(1, all.length)];
    if (!page) { id("body").hidden = true; return; }
    id("title").className = "";
    put("title", page.title);
    if (id("title").clientHeight > unit() * 8) { id("title").className = "long"; }
    put("sub", page.sub);
    var contact = empty(id("contact")), i;
    id("qr").hidden = !board.guide;
    if (board.guide) {
      if (!id("qr").getAttribute("src")) { id("qr").src = "qr.svg"; }
      id("qr").alt = words.scan;
      make("li", words.scan, contact);
    }
    for (i = 0; i < mine.turning.contact.length; i += 1) { make("li", mine.turning.contact[i], contact); }
    fill(page, words);
  }

  function fill(page, words) {
    var steps = id("steps"), bring = id("bring"), growth, i, halves, parts;
    for (i = 0; i < GROWTH.length; i += 1) {
      growth = GROWTH[i] + "rem";
      steps.style.fontSize = growth;
      bring.style.fontSize = Math.max(0.31, GROWTH[i] * 0.92) + "rem";
      put("steps-label", words.steps);
      put("bring-label", words.bring);
      addSteps(empty(steps), page.steps);
      addBring(empty(bring), page.bring);
      halves = [sheets(steps, steps.clientHeight), sheets(bring, id("what").clientHeight - id("bring-label").offsetHeight)];
      if (halves[0].length < 2 && halves[1].length < 2) { break; }
    }
    parts = Math.max(halves[0].length, halves[1].length);
    page.parts = parts;
    keep(steps, halves[0], words.steps, "steps-label");
    keep(bring, halves[1], words.bring, "bring-label");
  }

  function addSteps(list, steps) {
    var i, j, li;
    for (i = 0; i < steps.length; i += 1) {
      li = make("li", "", list);
      if (i === steps.length - 1) { li.className = "last"; }
      make("span", String(i + 1), make("em", "", li));
      make("b", steps[i].name, li);
      make("i", steps[i].detail, li);
      for (j = 0; j < steps[i].ways.length; j += 1) { make("p", steps[i].ways[j], li); }
    }
  }

  function addBring(list, bring) {
    for (var i = 0; i < bring.length; i += 1) { make("li", bring[i], list); }
  }

  function sheets(list, room) {
    var made = [[]], used = 0, i, li, height;
    for (i = 0; i < list.children.length; i += 1) {
      li = list.children[i];
      height = li.offsetHeight;
      if (made[made.length - 1].length && used + height > room + 1) { made.push([]); used = 0; }
      made[made.length - 1].push(li);
      used += height;
    }
    return made;
  }

  function keep(list, halves, words, label) {
    var shown = Math.min(part, halves.length - 1), i, j;
    for (i = 0; i < halves.length; i += 1) {
      for (j = 0; j < halves[i].length; j += 1) { halves[i][j].hidden = i !== shown; }
    }
    if (halves.length > 1) { put(label, words + "  " + (shown + 1) + "/" + halves.length); }
  }

  function showFront(b, words) {
    var call = null, i;
    for (i = 0; i < b.calls.length; i += 1) { if (b.calls[i].key === front) { call = b.calls[i]; } }
    id("front").hidden = !call;
    if (!call) { return; }
    put("front-number", call.number);
    put("front-where", call.where ? words.please + " " + call.where : words.calling);
    narrow(id("front-number"), 36);
    narrow(id("front-where"), 10.5);
  }

  function narrow(e, units) {
    var size = units, room = id("front").clientWidth - unit() * 6;
    e.style.display = "inline-block";
    e.style.alignSelf = "center";
    for (; size > 5; size *= 0.94) {
      e.style.fontSize = size / 10 + "rem";
      if (e.offsetWidth <= room) { return; }
    }
  }

  function showFoot(mine, words) {
    var foot = id("foot"), trouble = lost ? words.lost : board.trouble[language] || "";
    foot.className = trouble ? "trouble" : "";
    foot.style.visibility = "visible";
    if (trouble) { put("foot-label", ""); put("foot-text", trouble); shrink(); return; }
    var lines = footLines(mine, words), line = lines[turn % Math.max(1, lines.length)];
    foot.style.visibility = line ? "visible" : "hidden";
    put("foot-label", line ? line[0] : "");
    put("foot-text", line ? line[1] : "");
    shrink();
  }

  function shrink() {
    var text = id("foot-text"), size = 3.3, room = id("foot").clientWidth - unit() * 4.8;
    for (; size > 2.8; size -= 0.1) {
      text.style.fontSize = size / 10 + "rem";
      if (id("foot-label").offsetWidth + unit() * 3 + text.offsetWidth <= room) { return; }
    }
  }

  function footLines(mine, words) {
    var made = [], i, line = "", joined, facts = mine.turning.facts;
    for (i = 0; i < mine.turning.notices.length; i += 1) { made.push([words.notice, mine.turning.notices[i]]); }
    for (i = 0; i < facts.length; i += 1) {
      joined = line ? line + "   •   " + facts[i] : facts[i];
      if (line && wide(joined) > id("foot").clientWidth - unit() * 32) { made.push([words.basics, line]); line = facts[i]; }
      else { line = joined; }
    }
    if (line) { made.push([words.basics, line]); }
    return made;
  }

  function wide(text) {
    var e = id("foot-text"), before = e.textContent, width;
    e.style.fontSize = "";
    e.textContent = text;
    width = e.offsetWidth;
    e.textContent = before;
    return width;
  }

  function upright() { return window.innerHeight > window.innerWidth; }
  function unit() {
    var long = Math.max(window.innerWidth, window.innerHeight);
    return Math.min(window.innerWidth, window.innerHeight, long / 1.5) / 100;
  }
  function size() {
    document.documentElement.style.fontSize = unit() * 10 + "px";
    document.documentElement.className = upright() ? "upright" : "";
  }

  function next() {
    if (!turning || !board) { return; }
    var mine = turning.languages[language].turning.pages, page = mine[place % Math.max(1, mine.length)];
    turn += 1;
    part += 1;
    if (page && part < (page.parts || 1)) { show(); return; }
    part = 0;
    var order = turning.order, at = 0, i;
    for (i = 0; i < order.length; i += 1) { if (order[i] === language) { at = i + 1; } }
    if (fixed || at === order.length) { place += 1; }
    if (!fixed) { language = order[at % order.length]; }
    show();
  }

  function allow() {
    play("sound/chime.wav", function (played) { mayPlay = played; show(); });
  }

  window.onresize = show;
  window.onload = function () {
    size();
    id("speak").onclick = allow;
    document.onkeydown = function (event) {
      if (event.keyCode === 77) { muted = !muted; queue = []; show(); }
      if (event.keyCode === 32 && event.target === document.body) { next(); }
    };
    window.setInterval(tick, 1000);
    learn(function () { allow(); listen(); window.setInterval(next, turning ? turning.page_seconds * 1000 : 14000); });
  };
}());
