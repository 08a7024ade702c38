import { offerExit } from "/static/leave.js";

offerExit(document.getElementById("exit"), () => {});
