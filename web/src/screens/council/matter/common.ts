/** Fields that many forms have. */
import { F } from "../../../words/council_fields.ts";
import type { FieldSpec } from "./spec.ts";

export const ROLE: FieldSpec = { name: "role", as: "role", label: F.role, hint: F.roleHint, required: true };
export const TITLE: FieldSpec = { name: "title", as: "line", label: F.title, required: true };
export const CLAUSE: FieldSpec = { name: "clause", as: "clause", label: F.clause };
export const WORDS: FieldSpec = { name: "words", as: "text", label: F.words, rows: 4 };
export const SAID: FieldSpec = { ...WORDS, required: true };
export const REASON: FieldSpec = { ...SAID, label: F.reason, rows: 3 };
export const MEETING: FieldSpec = { name: "meeting", as: "matter", label: F.meeting, kinds: ["meeting"] };
