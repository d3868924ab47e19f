/** What an alarm is about, and where the next step is taken: by links, one of them to the hotline. */
import { partsOf, type Alarm, type Notice } from "../../../kernel/records.ts";
import { placesOf, queryOf } from "../places.ts";
import { groupOf, type Group } from "./kinds.ts";

export interface About {
  group: Group;
  /** Whose doing it is, as far as known. */
  party: string;
  activity: string;
  /** Hash of the message. */
  notice: string;
  /** Kind, opener and id of a matter or case. */
  matter: readonly string[];
}

const HASH = /^[0-9a-f]{64}$/;

export function aboutOf(
  alarm: Pick<Alarm, "kind" | "subject">, us: string, peers: readonly string[], notices: ReadonlyMap<string, Notice>,
): About {
  const about: About = { group: groupOf(alarm), party: "", activity: "", notice: "", matter: [] };
  if (HASH.test(alarm.subject)) return ofNotice(about, alarm.subject, notices);
  const parts = safely(alarm.subject);
  if (parts[0] === "council" && parts.length === 4) {
    return { ...about, matter: parts.slice(1), party: otherThan(us, [parts[2]!], peers) };
  }
  if (parts[0] === "interference" && parts.length === 3) {
    return { ...about, matter: parts, party: otherThan(us, [parts[1]!], peers) };
  }
  const party = parts.find((one) => peers.includes(one)) ?? "";
  const isOurs = parts[0] === us;
  const named = parts.length > 1 && (isOurs || party) ? parts.at(-1)! : "";
  return { ...about, party: party || (peers.length === 1 ? peers[0]! : ""), activity: named };
}

function ofNotice(about: About, hash: string, notices: ReadonlyMap<string, Notice>): About {
  const notice = notices.get(hash);
  return { ...about, notice: hash, party: notice?.peer ?? "", activity: notice?.activity ?? "" };
}

function otherThan(us: string, named: readonly string[], peers: readonly string[]): string {
  return named.find((one) => one !== us) ?? (peers.length === 1 ? peers[0]! : "");
}

function safely(subject: string): string[] {
  try {
    return partsOf(subject);
  } catch {
    return [subject];
  }
}

/** The query of a call about it: whom, and the phrase that fits, with its values. */
export function callOf(about: About, subject: string): Record<string, string> {
  if (about.matter[0] === "call") return { call: about.matter.map(encodeURIComponent).join("/") };
  const phrase: Partial<Record<Group, string>> = { late: "T9R", readback: "P6X", notice: "N2X", line: "L1N", conflict: "N7A", drill: "W0R" };
  const named = phrase[about.group];
  const wants = about.group === "late" || about.group === "notice";
  return {
    ...(about.party ? { peer: about.party } : {}),
    about: subject,
    ...(named ? { phrase: named } : {}),
    ...(wants && about.activity ? { activity: about.activity } : {}),
  };
}

export interface Next {
  /** A word of words/watch_alarms.ts. */
  what: "goNotice" | "goActivity" | "goLines" | "goCase" | "goMatter" | "goLog" | "goDrills" | "goCall" | "goAgreement" | "goThird";
  /** Screens that show it, the best first: the first that is there is taken. */
  paths: readonly string[];
  query: Record<string, string>;
}

const WORDS: Record<string, Next["what"]> = { call: "goCall", drill: "goDrills", caveat: "goThird", interference: "goCase", agreement: "goAgreement" };

export function nextOf(about: About, us: string): Next[] {
  const [kind = "", opener = "", id = ""] = about.matter;
  if (kind) return [{ what: WORDS[kind] ?? "goMatter", paths: placesOf(kind), query: queryOf(kind, opener, id) }];
  if (about.notice) return [{ what: "goNotice", paths: ["watch/notices"], query: { notice: about.notice } }];
  switch (about.group) {
    case "line": case "suspended": case "differs": case "history": case "clock":
      return [{ what: "goLines", paths: ["watch/peers"], query: about.party ? { party: about.party } : {} }];
    case "watch": return [{ what: "goLog", paths: ["watch/log"], query: {} }];
    case "drill": return [{ what: "goDrills", paths: ["watch/drills"], query: {} }];
    case "agreement": return [{ what: "goAgreement", paths: placesOf("agreement"), query: {} }];
    case "assurance": return [{ what: "goMatter", paths: placesOf("assurance"), query: {} }];
    default:
      return about.activity ? [{ what: "goActivity", paths: ["watch/live"], query: { activity: about.activity, ...(about.party && about.group !== "name" ? { party: about.party } : { party: us }) } }] : [];
  }
}
