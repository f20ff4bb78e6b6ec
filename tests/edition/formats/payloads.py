"""Two hundred texts that mean something to a machine and have to reach the reader as they were typed."""

from __future__ import annotations

__all__ = ["LITERALS"]

TYPST = r"""
#read("secret.txt")
#import "@preview/cetz:0.3.0": canvas
#include "other.typ"
#let x = 1
#eval("1 + 1")
#sys.inputs
#set page(paper: "a5")
#show: it => []
#pagebreak()
#panic("停")
#image("cover.png")
#{ 1 + 1 }
#[里面的字]
$x$
$ x^2 + y_1 $
一千元$折合$多少
@ref
@王小明 请回复
<label>
标题<end>
*b*
*着重*的话
_i_
_斜_的话
`raw`
```typ #x```
= h
- 一项
+ 另一项
/ 词: 解释
1. 第一
// c
/* 注 */
https://example.org/#a_b*c*
\
\#
\u{1F}
\u{4e2d}
\*不加粗\*
~
a~b
甲---乙
a--b
-?软连字符
...
'单引号'
"双引号"
“弯引号”与"直引号"
#text(fill: red)[红]
#context here().page()
#metadata((id: 1)) <art>
#link("https://example.org")[点这里]
#footnote[注]
#h(1fr)
#lorem(50)
#bibliography("a.bib")
#counter(page).update(0)
[方括号]
#plugin("a.wasm")
#json("data.json")
#raw("x")
#str(1)#
第#1号文件
C#语言
""".strip().split("\n")

XML = """
<b>b</b>
<script>alert(1)</script>
<script>alert('甲')</script>
<img src=x onerror=alert(1)>
<a href="javascript:alert(1)">点</a>
<svg onload=alert(1)>
<iframe src="about:blank"></iframe>
<style>*{display:none}</style>
<br>
</body></html>
</article>
</sec></body>
<p>
<!-- 注 -->
<!--
-->
<![CDATA[x]]>
]]>
<?xml version="1.0"?>
<?php echo 1 ?>
<?pi 指令?>
<!DOCTYPE html>
<!ENTITY x SYSTEM "file:///etc/hostname">
&amp;
&amp;amp;
&lt;b&gt;
&nbsp;
&#20013;
&#x4e2d;
&#0;
&copy;2024
&notanentity;
&
&&
R&D
A&B公司
<
>
<>
1<2
3>2
甲<乙>丙
"引号"
'引号'
" onmouseover="x
' or '1'='1
<title>题</title>
<w:p/>
<w:t>字</w:t>
<xref ref-type="fn" rid="fn1"/>
<xi:include href="a.xml"/>
<math><mi>x</mi></math>
{{ 变量 }}
{% include "x" %}
{# 注 #}
${7*7}
<%= 7*7 %>
{0} {name}
javascript:alert(1)
data:text/html,<b>x</b>
""".strip().split("\n")

SHEETS = """
=1+1
=SUM(A1:A9)
=HYPERLINK("https://example.org","点")
=IMPORTXML("https://example.org","//a")
=WEBSERVICE("https://example.org")
=cmd|'/C calc'!A0
=DDE("cmd","/C calc","A0")
+1
+1+1
+cmd|'/C calc'!A0
-1
-1+1
-2+3+cmd|'/C calc'!A0
@SUM(1+1)
@SUM(A1)
=A1
='表1'!A1
'=1+1
"=1+1"
1,2
1;2
"a","b"
'001
001
1E5
1/2
TRUE
#REF!
#N/A
0x1F
=“甲”&“乙”
=IF(1>0,"是","否")
""".strip().split("\n")

TEX_AND_WORD = r"""
\input{other}
\write18{ls}
\section{节}
\textbf{粗}
\end{document}
\def\x{1}
$$E=mc^2$$
\(x\)
\[x\]
100%
% 注
50\%
A_1
x^2
{花括号}
\~{n}
``引''
\\
\newline
\today
{ PAGE }
{ HYPERLINK "https://example.org" }
{ INCLUDETEXT "a.docx" }
{ DATE \@ "yyyy" }
{ MERGEFIELD 姓名 }
{ TOC \o "1-3" }
{ DDEAUTO c:\\windows "x" }
\rtf1
{\rtf1\ansi 字}
%PDF-1.7
%%EOF
(括号)Tj
""".strip().split("\n")

MIXED = r"""
# 标题
**粗体**
[链接](https://example.org)
![图](a.png)
| 甲 | 乙 |
> 引
:smile:
..\..\etc
../../etc/passwd
'; DROP TABLE articles; --
$(id)
甲 && 乙 || 丙
""".strip().split("\n")

LITERALS: list[str] = [*TYPST, *XML, *SHEETS, *TEX_AND_WORD, *MIXED]
