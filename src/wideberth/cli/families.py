"""The families of commands of a party's node; each command's code is loaded when it is called."""

from wideberth.cli.late import late_group

_AT = "wideberth.cli"

node = late_group(
    "node",
    "A party's node: make it, run it, look at it.",
    {
        "init": (f"{_AT}.node:init", "Make a node in a new folder."),
        "run": (f"{_AT}.node:run", "Run the node until Ctrl-C or SIGTERM."),
        "status": (f"{_AT}.status:status", "Show lines, alarms, what waits; also while it runs."),
    },
)

peer = late_group(
    "peer",
    "The other parties' nodes: whom we trust, and what goes to them.",
    {
        "card": (f"{_AT}.peer:card", "Write the card to hand to a peer."),
        "add": (f"{_AT}.peer:add", "Trust a party by its card."),
        "list": (f"{_AT}.peer:listing", "List the peers and their lines."),
        "keys": (f"{_AT}.peer_keys:keys", "Show keys; change ours."),
        "suspend": (f"{_AT}.peer:suspend", "Suspend the exchange of declarations."),
        "resume": (f"{_AT}.peer:resume", "Take the exchange up again."),
        "export": (f"{_AT}.peer_bundle:export", "Write what waits for a peer to a bundle file."),
        "import": (f"{_AT}.peer_bundle:import_", "Take a peer's bundle file."),
    },
)

activity = late_group(
    "activity",
    "What we do, and what the others declared.",
    {
        "declare": (f"{_AT}.activity:declare", "Declare the activities of plan files."),
        "amend": (f"{_AT}.activity:amend", "Declare the next revision of activities."),
        "withdraw": (f"{_AT}.activity_state:withdraw", "Take an activity back before it begins."),
        "activate": (f"{_AT}.activity_state:activate", "Say that an activity has begun."),
        "end": (f"{_AT}.activity_state:end", "End an activity; before its time, release it."),
        "confirm": (f"{_AT}.activity_state:confirm", "Say that it is still in force."),
        "list": (f"{_AT}.activity_list:listing", "List the activities of all sides."),
    },
)

notice = late_group(
    "notice",
    "Notices on their way, and how far each has come.",
    {
        "list": (f"{_AT}.notice:listing", "List notices of both ways."),
        "show": (f"{_AT}.notice:show", "Show a notice, its ladder and its lead."),
        "read": (f"{_AT}.notice:read", "Say that the watch has read a notice."),
        "pass": (f"{_AT}.notice:pass_", "Say that a notice was passed to units."),
        "acknowledge": (f"{_AT}.notice:acknowledge", "Say that a unit has acknowledged a notice."),
        "read-back": (
            f"{_AT}.notice:read_back",
            "Say whether the places repeated are those meant.",
        ),
        "recall": (f"{_AT}.notice:recall", "Ask the peer to delete a notice not meant for it."),
    },
)

interference = late_group(
    "interference",
    "Cases of interference: report, ask that it cease, answer in time, close.",
    {
        "open": (f"{_AT}.interference:open_", "Report interference to a peer."),
        "request": (f"{_AT}.interference:request", "Ask that it cease; the answer clock runs."),
        "answer": (f"{_AT}.interference:answer", "Answer a peer's request."),
        "observe": (f"{_AT}.interference:observe", "Add what was seen or done."),
        "close": (f"{_AT}.interference:close", "Close our case."),
        "list": (f"{_AT}.interference:listing", "List the cases."),
        "show": (f"{_AT}.interference:show", "Show a case with all its steps."),
    },
)

spectrum = late_group(
    "spectrum",
    "What a spectrum manager asks: who is harmed, what is free, who is where, how far.",
    {
        "assess": (f"{_AT}.spectrum:assess_", "Tell what an emission does to every receiver."),
        "free": (f"{_AT}.spectrum_band:free_", "List the channels of a band that are free."),
        "occupancy": (f"{_AT}.spectrum_band:occupancy_", "Tell who uses a band over a window."),
        "contour": (f"{_AT}.spectrum:contour", "Draw how far an emission is heard."),
        "recompute": (f"{_AT}.spectrum_again:command", "Reckon the figures of a report anew."),
    },
)

alarm = late_group(
    "alarm",
    "What must not pass unseen.",
    {
        "list": (f"{_AT}.alarm:listing", "List the alarms that last."),
        "clear": (f"{_AT}.alarm:clear", "Say that an alarm was dealt with."),
    },
)

slip = late_group(
    "slip",
    "A declaration for telephone, radio and paper.",
    {
        "write": (f"{_AT}.slip:write", "Write an activity as a slip."),
        "read": (f"{_AT}.slip:read", "Read a slip, and write it as a plan."),
    },
)

unit = late_group(
    "unit",
    "Units: their links, and their codes where there is no line.",
    {
        "token": (f"{_AT}.unit:token", "Make a unit's link to its notices."),
        "secret": (f"{_AT}.unit:secret", "Write a unit's secret for check-in codes."),
        "code": (f"{_AT}.unit:code", "Say the code by which a unit acknowledges by voice."),
        "check-in": (f"{_AT}.unit:check_in", "Take a unit's code, and acknowledge for it."),
    },
)

log = late_group(
    "log",
    "The ledger: proved whole, and proved to a third person.",
    {
        "verify": (f"{_AT}.log:verify", "Prove the ledger whole; name the first bad entry."),
        "prove": (f"{_AT}.log:prove", "Write the evidence of one entry to a file."),
        "keys": (f"{_AT}.log:keys", "Show the keys that a third person needs."),
        "verify-evidence": (f"{_AT}.log_evidence:evidence", "Check an evidence file, offline."),
        "fraud": (f"{_AT}.log:fraud", "Write the proof that a peer signed two histories."),
        "verify-fraud": (f"{_AT}.log_evidence:fraud", "Check a proof of two histories, offline."),
    },
)

user = late_group(
    "user",
    "Who may sign in to the node.",
    {
        "add": (f"{_AT}.user:add", "Make a user; the password is asked for."),
        "list": (f"{_AT}.user:listing", "List the users."),
        "reset-code": (f"{_AT}.user:reset_code", "Make a new code for the first administrator."),
    },
)
