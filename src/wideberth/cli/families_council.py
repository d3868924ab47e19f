"""The families of commands of the working group; each command's code is loaded when called."""

from wideberth.cli.late import late_group

_AT = "wideberth.cli"

council = late_group(
    "council",
    "What is open between the parties, whatever its kind.",
    {
        "list": (f"{_AT}.council:listing", "List what is open."),
        "show": (f"{_AT}.council:show", "Show a matter with every step."),
        "feed": (f"{_AT}.council_feed:feed", "Write all that has a time as a calendar."),
    },
)

agreement = late_group(
    "agreement",
    "The agreement: drafted, proposed, signed, suspended, ended.",
    {
        "show": (f"{_AT}.agreement_shown:show", "Show the one in force, or one on the table."),
        "draft": (f"{_AT}.agreement:draft", "Write the one in force to a file, to be edited."),
        "propose": (f"{_AT}.agreement:propose", "Put a text on the table."),
        "counter": (f"{_AT}.agreement:counter", "Put another in its place."),
        "diff": (f"{_AT}.agreement:diff", "Show what changes, clause by clause."),
        "sign": (f"{_AT}.agreement:sign", "Turn a key of ours over the text on the table."),
        "reject": (f"{_AT}.agreement:reject", "Say that we do not sign it."),
        "suspend": (f"{_AT}.agreement_life:suspend", "Suspend it; the hotline stays open."),
        "tick": (f"{_AT}.agreement_life:tick", "Tick an item of the checklist."),
        "resume": (f"{_AT}.agreement_life:resume", "End our suspension."),
        "terminate": (f"{_AT}.agreement_life:terminate", "Give notice that it ends."),
        "status": (f"{_AT}.agreement_shown:status", "Show which is in force, signed by whom."),
        "history": (f"{_AT}.agreement_shown:history", "Show every text there was."),
    },
)

meeting = late_group(
    "meeting",
    "Meetings: called, agreed on, held, and their minutes.",
    {
        "call": (f"{_AT}.meeting:call", "Call a meeting; time or place may be open."),
        "propose": (f"{_AT}.meeting:propose", "Propose another time or place."),
        "accept": (f"{_AT}.meeting:accept", "Accept what the other side proposes."),
        "decline": (f"{_AT}.meeting:decline", "Decline it, or say that it is not sure."),
        "delegation": (f"{_AT}.meeting:delegation", "Say which roles come for us."),
        "agenda": (f"{_AT}.meeting:agenda", "Show the agenda, or add a point."),
        "held": (f"{_AT}.meeting_held:held", "Say that it took place."),
        "minutes": (f"{_AT}.meeting_held:minutes", "Propose its minutes."),
        "agree": (f"{_AT}.meeting_held:agree", "Agree to its minutes."),
        "postpone": (f"{_AT}.meeting_held:postpone", "Take its date back."),
        "cancel": (f"{_AT}.meeting_held:cancel", "Say that it will not take place."),
        "ics": (f"{_AT}.meeting_files:ics", "Write it for a mail client."),
        "import": (f"{_AT}.meeting_files:import_", "Take what a mail client answers."),
        "pack": (f"{_AT}.meeting_files:pack", "Print its pack."),
        "list": (f"{_AT}.meeting:listing", "List meetings."),
        "show": (f"{_AT}.meeting:show", "Show a meeting."),
    },
)

action = late_group(
    "action",
    "Action items: who has to do what by when.",
    {
        "open": (f"{_AT}.action:open_", "Say what is to be done."),
        "move": (f"{_AT}.action:move", "Move what the other side owes."),
        "remark": (f"{_AT}.action:remark", "Say how it goes."),
        "done": (f"{_AT}.action:done", "Say that ours is done."),
        "confirm": (f"{_AT}.action:confirm", "Say that we have seen that it is done."),
        "return": (f"{_AT}.action:return_", "Say what is missing."),
        "withdraw": (f"{_AT}.action:withdraw", "Ask for it no longer."),
        "list": (f"{_AT}.action:listing", "List action items."),
        "show": (f"{_AT}.action:show", "Show an action item."),
    },
)

hotline = late_group(
    "hotline",
    "The line that always answers: calls to a role, by line or by voice.",
    {
        "call": (f"{_AT}.hotline:call", "Call a role of a peer."),
        "take": (f"{_AT}.hotline:take", "Take a call."),
        "read": (f"{_AT}.hotline:read", "Say that a call was read."),
        "answer": (f"{_AT}.hotline:answer", "Answer a call."),
        "say": (f"{_AT}.hotline:say", "Say more in a call."),
        "pass": (f"{_AT}.hotline:pass_", "Pass a call on to another role."),
        "translate": (f"{_AT}.hotline:translate", "Add a translation of words."),
        "close": (f"{_AT}.hotline:close", "End a call."),
        "list": (f"{_AT}.hotline_shown:listing", "List calls."),
        "show": (f"{_AT}.hotline_shown:show", "Show a call in your language."),
        "phrases": (f"{_AT}.hotline_shown:phrases", "List the phrase book."),
        "voice": (f"{_AT}.hotline_voice:voice", "Write what we said, to be read aloud."),
        "hear": (f"{_AT}.hotline_voice:hear", "Enter what was read to us."),
    },
)

watch = late_group(
    "watch",
    "Who has the watch: roster, hand-over, what is open.",
    {
        "take": (f"{_AT}.watch:take", "Take a watch that nobody has."),
        "offer": (f"{_AT}.watch:offer", "Hand the watch to somebody."),
        "accept": (f"{_AT}.watch:accept", "Accept the watch with all that is open."),
        "leave": (f"{_AT}.watch:leave", "Leave the watch with nobody there."),
        "plan": (f"{_AT}.watch:plan", "Write a line of the roster."),
        "roster": (f"{_AT}.watch:roster", "Show the roster and the watch log."),
        "status": (f"{_AT}.watch:status", "Show who has the watch, and what is open."),
    },
)

concern = late_group(
    "concern",
    "What one side is worried about, and what the other answers.",
    {
        "raise": (f"{_AT}.concern:raise_", "Raise a concern; an answer is owed."),
        "answer": (f"{_AT}.concern:answer", "Answer a concern, or a question about one."),
        "accept": (f"{_AT}.concern:accept", "Accept a concern, or the answers to ours."),
        "dispute": (f"{_AT}.concern:dispute", "Dispute a concern, or the answer to ours."),
        "ask": (f"{_AT}.concern:ask", "Ask a follow-up question."),
        "meeting": (f"{_AT}.concern:meeting", "Ask for a meeting about it."),
        "withdraw": (f"{_AT}.concern:withdraw", "Withdraw a concern of ours."),
        "list": (f"{_AT}.concern:listing", "List concerns."),
        "show": (f"{_AT}.concern:show", "Show a concern and its evidence."),
    },
)

assurance = late_group(
    "assurance",
    "What a party promises not to do; it lapses unless it is renewed.",
    {
        "give": (f"{_AT}.assurance:give", "Promise what we will not do."),
        "renew": (f"{_AT}.assurance:renew", "Move its expiry on."),
        "withdraw": (f"{_AT}.assurance:withdraw", "Withdraw an assurance of ours."),
        "list": (f"{_AT}.assurance:listing", "List assurances as they stand now."),
        "show": (f"{_AT}.assurance:show", "Show an assurance and what acts against it."),
        "check": (f"{_AT}.assurance:check", "Show what acts, or would, against assurances."),
    },
)

decision = late_group(
    "decision",
    "Decisions of the working group.",
    {
        "propose": (f"{_AT}.decision:propose", "Propose a decision."),
        "position": (f"{_AT}.decision:position", "Adopt, defer or reserve."),
        "withdraw": (f"{_AT}.decision:withdraw", "Withdraw our proposal."),
        "list": (f"{_AT}.decision:listing", "List decisions."),
        "show": (f"{_AT}.decision:show", "Show a decision."),
    },
)

caveat = late_group(
    "caveat",
    "Third parties that are affected: who passes it on, and whether it was done.",
    {
        "raise": (f"{_AT}.caveat:raise_", "Note that somebody who is no party must be told."),
        "relay": (f"{_AT}.caveat:relay", "Say that it was passed on."),
        "cannot": (f"{_AT}.caveat:cannot", "Say that it cannot be passed on, and why."),
        "accept": (f"{_AT}.caveat:accept", "Accept that it could not, or was not acknowledged."),
        "withdraw": (f"{_AT}.caveat:withdraw", "Withdraw a caveat that we raised."),
        "list": (f"{_AT}.caveat:listing", "List caveats."),
        "show": (f"{_AT}.caveat:show", "Show a caveat."),
    },
)

drill = late_group(
    "drill",
    "Test calls, surprise tests, tests down to the units, and their score.",
    {
        "call": (f"{_AT}.drill:call", "Test the line now, by surprise."),
        "answer": (f"{_AT}.drill:answer", "Answer a test call."),
        "read": (f"{_AT}.drill:read", "Say that the watch has read a test that goes to units."),
        "pass": (f"{_AT}.drill:pass_", "Say that it was passed to units."),
        "acknowledge": (f"{_AT}.drill:acknowledge", "Say that a unit has acknowledged it."),
        "code": (f"{_AT}.drill_shown:code", "Say the code by which a unit acknowledges it."),
        "pause": (f"{_AT}.drill:pause", "Declare that there are no test calls for a while."),
        "resume": (f"{_AT}.drill:resume", "End our pause before its time."),
        "list": (f"{_AT}.drill_shown:listing", "List drills."),
        "show": (f"{_AT}.drill_shown:show", "Show a drill."),
        "score": (f"{_AT}.drill_shown:score", "Show the score board."),
    },
)

consent = late_group(
    "consent",
    "Consent to enter a special caution area, given on two levels.",
    {
        "give": (f"{_AT}.consent:give", "Consent, on the level of our role."),
        "refuse": (f"{_AT}.consent:refuse", "Refuse, or take a consent back."),
        "list": (f"{_AT}.consent:listing", "List what consents are asked."),
        "show": (f"{_AT}.consent:show", "Show a consent."),
    },
)

review = late_group(
    "review",
    "The figures of a year, from the ledger, compared with the other side's.",
    {
        "open": (f"{_AT}.review:open_", "Give our figures of a period."),
        "answer": (f"{_AT}.review:answer", "Give ours to the other side's; or reckon anew."),
        "list": (f"{_AT}.review:listing", "List reviews."),
        "show": (f"{_AT}.review_shown:show", "Show where a review stands, and what differs."),
        "figures": (f"{_AT}.review_shown:figures", "Reckon figures; text, CSV or JSON."),
        "print": (f"{_AT}.review_shown:print_", "Print a review as PDF, with charts."),
    },
)

incident = late_group(
    "incident",
    "Incidents: report, keep the evidence, find, close together.",
    {
        "report": (f"{_AT}.incident:report", "Report an incident; both ledgers are frozen."),
        "add": (f"{_AT}.incident:add", "Add our side's report, or our final one."),
        "review": (f"{_AT}.incident:review", "Put the joint review on a meeting."),
        "finding": (f"{_AT}.incident:finding", "Say what our side finds."),
        "close": (f"{_AT}.incident:close", "Close it for our side."),
        "reopen": (f"{_AT}.incident:reopen", "Open it again, with a reason."),
        "list": (f"{_AT}.incident:listing", "List the incidents."),
        "show": (f"{_AT}.incident:show", "Show an incident, both sides beside each other."),
        "evidence": (f"{_AT}.incident_evidence:evidence", "Show what was frozen, on each side."),
        "export": (f"{_AT}.incident_evidence:export", "Write our frozen evidence to a file."),
        "verify": (f"{_AT}.incident_evidence:verify", "Check evidence files, and compare two."),
    },
)
