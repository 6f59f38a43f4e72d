// Starts everything on a page that needs a script. Every page reads and posts without it.
import { initAll } from "../../vendor/govuk-frontend.js";
import { startAnswering } from "./answering.js";
import { startAsTyped } from "./as_typed.js";
import { startBack } from "./back.js";
import { startBoard } from "./board.js";
import { startDrafts } from "./draft.js";
import { startLive } from "./live.js";
import { startMoments } from "./moment.js";
import { startOnce } from "./once.js";
import { startPickers } from "./picker.js";
import { startTokens } from "./post.js";
import { startPush } from "./push.js";
import { startRows } from "./rows.js";
import { startTime } from "./time.js";
import { startWords } from "./words.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
startBack();
startTime();
startTokens();
startRows();
startPickers();
startMoments();
initAll();
startDrafts();
startOnce();
startLive();
startBoard();
startAsTyped();
startWords();
startAnswering();
startPush();

// The filter is folded on a phone and open beside its list where there is room.
if (window.matchMedia("(min-width: 60em)").matches) {
  for (const fold of document.querySelectorAll("[data-open-when-wide]")) fold.open = true;
}
