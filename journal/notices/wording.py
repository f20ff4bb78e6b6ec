"""The wording every office starts with; what it writes over it stays its own."""

from __future__ import annotations

from typing import Any

from journal.notices.kinds import Audience, Kind

__all__ = ["WORDING", "install_wording"]

K, A = Kind, Audience
GREETING = "{收件人}：\n　　您好！"
CLOSING = "\n\n《{刊名}》编辑部\n{日期}\n电话：{编辑部电话}　邮箱：{编辑部邮箱}"
YOURS = "您的稿件《{题名}》（稿号 {稿号}）"


def letter(text: str) -> str:
    return f"{GREETING}\n　　{text}{CLOSING}"


def memo(text: str) -> str:
    return f"{text}\n{{链接}}"


#: kind, audience, name, subject, body, whether it goes by e-mail, too
WORDING: tuple[tuple[Kind, Audience, str, str, str, bool], ...] = (
    (
        K.RECEIVED,
        A.AUTHOR,
        "收稿回执",
        "《{刊名}》收稿回执：{题名}",
        letter(
            f"{YOURS}已收到并登记。今后查询请用稿号。审稿需要一段时间，结果会及时告知，其间请勿另投他刊。感谢来稿。"
        ),
        True,
    ),
    (
        K.SENT_BACK,
        A.AUTHOR,
        "单位退回",
        "{题名}：单位审核员已退回",
        letter("您的稿件《{题名}》由单位审核员退回，原因如下：\n\n{原因}\n\n　　修改后可再次提交。\n{链接}"),
        True,
    ),
    (
        K.RETURNED,
        A.AUTHOR,
        "退修通知",
        "《{刊名}》退修通知：{题名}",
        letter(
            f"{YOURS}经审阅，请按下列意见修改：\n\n{{意见}}\n\n"
            "　　请于 {交稿日期} 前交回修改稿，并逐条说明修改情况。如需延期，请提前与编辑部联系。\n{链接}"
        ),
        True,
    ),
    (
        K.NEW_DUE_DAY,
        A.AUTHOR,
        "交稿日期变更",
        "{题名}：修改稿交稿日期改为 {交稿日期}",
        letter(f"{YOURS}的修改稿，交稿日期改为 {{交稿日期}}。\n{{链接}}"),
        True,
    ),
    (
        K.DUE_SOON,
        A.AUTHOR,
        "催改（到期前）",
        "{题名}：修改稿将于 {交稿日期} 到期",
        letter(f"{YOURS}的修改稿应于 {{交稿日期}} 前交回，特此提醒。如需延期，请与编辑部联系。\n{{链接}}"),
        True,
    ),
    (
        K.OVERDUE,
        A.AUTHOR,
        "催改（已逾期）",
        "{题名}：修改稿已过交稿日期",
        letter(
            f"{YOURS}的修改稿应于 {{交稿日期}} 前交回，目前尚未收到。请与编辑部联系，另定交稿日期。\n{{链接}}"
        ),
        True,
    ),
    (
        K.OVERDUE,
        A.EDITOR,
        "修改稿逾期（责编）",
        "修改稿逾期未交：{题名}",
        memo("{作者}《{题名}》（{稿号}）的修改稿应于 {交稿日期} 交回，至今未到。请联系作者，或另定日期。"),
        False,
    ),
    (
        K.ACCEPTED,
        A.AUTHOR,
        "录用通知",
        "《{刊名}》录用通知：{题名}",
        letter(f"{YOURS}经三审，决定录用。刊期确定后另行告知。编辑加工中如有疑问，责任编辑会与您联系。"),
        True,
    ),
    (
        K.HELD,
        A.AUTHOR,
        "备用通知",
        "《{刊名}》备用通知：{题名}",
        letter(f"{YOURS}经三审，拟留作备用，视版面安排刊用。如需另投他刊，请先告知编辑部。"),
        True,
    ),
    (
        K.TAKEN_UP,
        A.AUTHOR,
        "启用通知",
        "《{刊名}》启用通知：{题名}",
        letter(f"{YOURS}此前留作备用，现决定启用。\n\n{{附言}}"),
        True,
    ),
    (
        K.LET_GO,
        A.AUTHOR,
        "释放通知",
        "《{刊名}》：{题名} 不再备用",
        letter(f"{YOURS}此前留作备用，现因版面所限不再留用，您可另行处理。\n\n{{附言}}\n\n　　感谢支持。"),
        True,
    ),
    (
        K.REJECTED,
        A.AUTHOR,
        "退稿通知",
        "《{刊名}》退稿通知：{题名}",
        letter(f"{YOURS}经审阅，未能采用，请另行处理。感谢您对本刊的支持，欢迎继续来稿。"),
        True,
    ),
    (
        K.PULLED,
        A.AUTHOR,
        "撤换通知",
        "《{刊名}》：{题名} 刊期调整",
        letter(f"{YOURS}因版面调整，从原定刊期撤下，录用不变，新刊期另行告知。"),
        True,
    ),
    (
        K.PUBLISHED,
        A.AUTHOR,
        "刊出通知",
        "《{刊名}》刊出通知：{题名}",
        letter(f"{YOURS}已在本刊{{期次}}刊出。感谢来稿。\n{{链接}}"),
        True,
    ),
    (
        K.CORRECTED,
        A.AUTHOR,
        "更正通知",
        "《{刊名}》：{题名} 已更正",
        letter("您在本刊{期次}刊出的《{题名}》已作更正，更正说明随文刊登。\n{链接}"),
        True,
    ),
    (
        K.TAKEN_DOWN,
        A.AUTHOR,
        "撤下通知",
        "《{刊名}》：{题名} 已撤下",
        letter("您在本刊{期次}刊出的《{题名}》已从网上撤下。如有疑问，请与编辑部联系。"),
        True,
    ),
    (
        K.RECALLED,
        A.EDITOR,
        "作者撤稿",
        "作者撤稿：{题名}",
        memo("{作者}《{题名}》（{稿号}）已由作者撤回，不再处理。"),
        False,
    ),
    (
        K.ASSIGNED,
        A.EDITOR,
        "分稿通知",
        "分稿：{题名}",
        memo("{作者}《{题名}》（{稿号}）分给您初审。"),
        True,
    ),
    (
        K.WAITING,
        A.REVIEWERS,
        "待办通知",
        "待您处理：{题名}（{阶段}）",
        memo("{作者}《{题名}》（{稿号}）到了“{阶段}”，等您处理。"),
        False,
    ),
    (
        K.LETTER,
        A.AUTHOR,
        "一般函件",
        "《{刊名}》编辑部：关于《{题名}》",
        letter(f"关于{YOURS}，"),
        True,
    ),
    (
        K.LETTER,
        A.AUTHOR,
        "请补充材料",
        "《{刊名}》编辑部：请补充《{题名}》的材料",
        letter(f"{YOURS}在处理中，请补充以下材料：\n\n　　1. 图片原图及图说；\n　　2. 数据和引文的出处。"),
        True,
    ),
)


def install_wording(**kwargs: Any) -> None:
    """Add the templates that are not there; never touches one that is. Listens to ``post_migrate``."""
    from journal.notices.models import NoticeTemplate

    there = set(NoticeTemplate.objects.values_list("kind", "audience"))
    NoticeTemplate.objects.bulk_create(
        NoticeTemplate(kind=kind, audience=audience, name=name, subject=subject, body=body, by_email=email)
        for kind, audience, name, subject, body, email in WORDING
        if (kind, audience) not in there
    )
