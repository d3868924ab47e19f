"""Which journey does what a command asks; a tick is taken by node/clocks.py."""

from collections.abc import Callable
from typing import Final

from wideberth.model import command as commands
from wideberth.model import watch
from wideberth.node import (
    ceasing,
    climbing,
    declaring,
    inbox,
    recalling,
    receipts,
    rekeying,
    suspending,
)
from wideberth.node.answers import Answer
from wideberth.node.council import saying
from wideberth.node.watch import keeping

Command = commands.Command | saying.Say | watch.WatchCommand

HANDLERS: Final[dict[type, Callable[..., Answer]]] = {
    commands.Declare: declaring.declare,
    commands.ChangeState: declaring.change_state,
    commands.Confirm: declaring.confirm,
    commands.MarkRead: climbing.mark_read,
    commands.PassToUnits: climbing.pass_to_units,
    commands.UnitAcknowledge: climbing.acknowledge,
    commands.AnswerReadBack: climbing.answer_read_back,
    commands.Suspend: suspending.suspend,
    commands.RecallNotice: recalling.recall,
    commands.OpenCase: ceasing.open_case,
    commands.RequestCease: ceasing.request,
    commands.AnswerCease: ceasing.answer,
    commands.ObserveCase: ceasing.observe,
    commands.CloseCase: ceasing.close,
    commands.AddPeer: rekeying.add_peer,
    commands.RotateKeys: rekeying.announce,
    saying.Say: saying.say,
    watch.TakeWatch: keeping.take,
    watch.OfferWatch: keeping.offer,
    watch.AcceptWatch: keeping.accept,
    watch.LeaveWatch: keeping.leave,
    watch.PlanWatch: keeping.plan,
    commands.ClearAlarm: suspending.clear_alarm,
    commands.Receive: inbox.receive,
    commands.TakeReceipt: receipts.take_receipt,
    commands.LinkState: receipts.link_state,
}
