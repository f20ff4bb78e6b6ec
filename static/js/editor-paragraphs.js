/* Paragraph styles of the schema (no indent, signature), the house's names of headings, and how text is written. */
(function () {
  'use strict';

  const BLOCKS = ['p', 'h2', 'h3', 'h4', 'blockquote', 'ul', 'ol', 'li', 'figure', 'figcaption', 'table',
    'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'hr'];

  function paragraphs(editor) {
    const found = [];
    for (const range of editor.getSelection().getRanges()) {
      const iterator = range.createIterator();
      let block;
      while ((block = iterator.getNextParagraph('p'))) {
        if (block.getName() === 'p') found.push(block);
      }
    }
    return found;
  }

  function toggle(name) {
    return {
      contextSensitive: 1,
      exec(editor) {
        const blocks = paragraphs(editor);
        const on = blocks.some((block) => !block.hasClass(name));
        editor.fire('saveSnapshot');
        for (const block of blocks) {
          for (const other of ['no-indent', 'sign']) block.removeClass(other);
          for (const style of ['text-indent', 'text-align']) block.removeStyle(style);
          if (on) block.addClass(name);
          for (const empty of ['class', 'style']) if (!block.getAttribute(empty)) block.removeAttribute(empty);
        }
        editor.fire('saveSnapshot');
        editor.selectionChange(true);
      },
      refresh(editor, path) {
        const block = path.block;
        if (!block || block.getName() !== 'p') this.setState(CKEDITOR.TRISTATE_DISABLED);
        else this.setState(block.hasClass(name) ? CKEDITOR.TRISTATE_ON : CKEDITOR.TRISTATE_OFF);
      },
    };
  }

  /* One block a line and nothing indented: two savings of the same text are the same text. */
  function write(editor) {
    const writer = editor.dataProcessor.writer;
    writer.indentationChars = '';
    writer.lineBreakChars = '\n';
    writer.selfClosingEnd = '>';
    const outer = { indent: false, breakBeforeOpen: true, breakAfterOpen: false, breakBeforeClose: false, breakAfterClose: true };
    for (const tag of BLOCKS) writer.setRules(tag, outer);
    for (const tag of ['figcaption', 'th', 'td', 'caption', 'li']) writer.setRules(tag, { ...outer, breakBeforeOpen: false, breakAfterClose: false });
    writer.setRules('br', { breakAfterOpen: false, breakBeforeOpen: false });
  }

  CKEDITOR.plugins.add('kanwuparagraphs', {
    beforeInit(editor) {
      const words = editor.config.kanwu.words;
      editor.lang.basicstyles.italic = words.emphasis;
      Object.assign(editor.lang.format, {
        tag_p: words.paragraph, tag_h2: words.heading1, tag_h3: words.heading2, tag_h4: words.heading3,
      });
    },
    init(editor) {
      const words = editor.config.kanwu.words;
      editor.addCommand('noIndent', toggle('no-indent'));
      editor.addCommand('sign', toggle('sign'));
      editor.ui.addButton('NoIndent', { label: words.noIndent, command: 'noIndent', toolbar: 'styles,20' });
      editor.ui.addButton('Sign', { label: words.sign, command: 'sign', toolbar: 'styles,30' });
      editor.on('instanceReady', () => {
        write(editor);
        // On a narrow screen the tools scroll in one line: then keys must be able to scroll them, too.
        const tools = editor.ui.space('toolbox').$;
        if (tools.scrollWidth > tools.clientWidth) tools.tabIndex = 0;
        // The editor is taller than the field it took the place of: who came for a field below it stays there.
        const place = document.activeElement === document.body ? document.querySelector(':target') : document.activeElement;
        if (place) requestAnimationFrame(() => place.scrollIntoView({ block: 'nearest' }));
      });
    },
  });
})();
