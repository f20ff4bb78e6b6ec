# ruff: noqa: E501 - mark-up as it comes
"""Texts for the editor: Word's clipboard, the same as the house writes it, and one with all the schema knows."""

from __future__ import annotations

__all__ = ["AS_HOUSE", "WHOLE", "WORD"]

WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">'
    "<style><!--p.MsoNormal{mso-style-unhide:no;}--></style></head><body lang=ZH-CN><!--StartFragment-->"
    "<h1 style='text-align:center'><span lang=EN-US>二、水从哪里来<o:p></o:p></span></h1>"
    "<p class=MsoNormal style='text-indent:21.0pt;mso-char-indent-count:2.0'><span style='font-size:12.0pt;"
    "font-family:仿宋_GB2312'>　　图上有<span lang=EN-US>72</span>口井，<b style='mso-bidi-font-weight:normal'>"
    "还有水的</b>九口。<o:p></o:p></span></p>"
    "<p class=MsoNormal align=center style='text-align:center'><b><span style='font-family:黑体'>（一）城南"
    "<o:p></o:p></span></b></p><p class=MsoNormal>&nbsp;&nbsp;&nbsp;&nbsp;水是从江边来的。</p>"
    "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    "<p class=MsoListParagraph style='margin-left:18.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
    "<![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>1.<span style='font:7.0pt \"Times\"'>"
    "&nbsp;&nbsp; </span></span></span><![endif]>城南的井</p>"
    "<p class=MsoListParagraph style='margin-left:18.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
    "<![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>2.<span style='font:7.0pt \"Times\"'>"
    "&nbsp;&nbsp; </span></span></span><![endif]>城北的井</p>"
    "<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr>"
    "<td width=284 rowspan=2 valign=top style='width:213.05pt;border:solid windowtext 1.0pt'>"
    "<p class=MsoNormal>城区</p></td><td width=284 colspan=2><p class=MsoNormal align=center "
    "style='text-align:center'>井数</p></td></tr><tr><td><p class=MsoNormal>有水</p></td>"
    "<td><p class=MsoNormal>无水</p></td></tr></table>"
    '<p class=MsoNormal><img width=200 src="file:///C:/Users/a/Temp/clip_image002.png"></p>'
    "<p class=MsoNormal align=right style='text-align:right'>二〇二六年十一月</p><!--EndFragment--></body></html>"
)
AS_HOUSE = (
    "<h2>二、水从哪里来</h2><p>图上有72口井，<strong>还有水的</strong>九口。</p><h3>（一）城南</h3>"
    "<p>水是从江边来的。</p><ol><li>城南的井</li><li>城北的井</li></ol><table><tbody><tr>"
    '<td rowspan="2">城区</td><td colspan="2" style="text-align:center">井数</td></tr>'
    "<tr><td>有水</td><td>无水</td></tr></tbody></table>"
    '<p style="text-align:right">二〇二六年十一月</p>'
)
#: Something of everything the schema knows.
WHOLE = (
    '<p class="no-indent">编者按 <strong>粗</strong>与<em>点</em>，H<sub>2</sub>O，x<sup>2</sup>。</p>\n<h2>一、井</h2>\n'
    '<p>甲<sup class="footnote">见《志》卷三，<a href="https://example.org/" rel="noopener noreferrer">原文</a>。</sup>乙，'
    '<a href="#s1" rel="noopener noreferrer">前文</a><br>下一行<s>删</s><u>线</u><ruby>滘<rt>jiào</rt></ruby>。</p>\n<h3>（一）表</h3>\n'
    '<table class="wide"><caption>表一</caption><thead><tr><th scope="col">甲</th><th colspan="2">乙</th></tr></thead>'
    '<tbody><tr><th scope="row" rowspan="2">丙</th><td style="text-align:right">1</td><td>2</td></tr>'
    "<tr><td>3</td><td>4</td></tr></tbody></table>\n"
    '<ol start="3"><li>三<ul><li>内</li></ul></li><li>四</li></ol>\n<blockquote><p>引文</p></blockquote>\n<hr>\n'
    "<figure><figcaption>图未到　郁青 摄</figcaption></figure>\n<h4>1. 尾</h4>\n"
    '<p style="text-align:center">* * *</p>\n<p class="sign">作者</p>'
)
