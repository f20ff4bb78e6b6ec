/* A footnote stands at its place as <sup class="footnote">; here it shows as a numbered slip, edited in a dialog. */
(function () {
  'use strict';

  function note(words) {
    return {
      title: words.footnote,
      minWidth: 380,
      minHeight: 120,
      contents: [{
        id: 'note',
        elements: [
          {
            id: 'text', type: 'textarea', label: words.footnoteText, rows: 5,
            validate: CKEDITOR.dialog.validate.notEmpty(words.footnoteEmpty),
            setup(widget) { this.setValue(widget.data.text || ''); },
            commit(widget) {
              const text = this.getValue().replace(/\s+/g, ' ').trim();
              if (text !== widget.data.text) widget.setData('text', text);
            },
          },
          { type: 'html', html: `<p class="kanwu-hint">${CKEDITOR.tools.htmlEncode(words.footnoteHint)}</p>` },
        ],
      }],
    };
  }

  /* The caret behind a note: there typing goes on, also where the note ends its paragraph. */
  function goBehind(editor, widget) {
    const range = editor.createRange();
    range.setStartAfter(widget.wrapper);
    range.collapse(true);
    range.select();
  }

  CKEDITOR.plugins.add('kanwufootnote', {
    requires: 'widget,dialog',
    init(editor) {
      const words = editor.config.kanwu.words;
      CKEDITOR.dialog.add('kanwufootnote', () => note(words));
      editor.widgets.add('kanwufootnote', {
        inline: true,
        dialog: 'kanwufootnote',
        pathName: words.footnote,
        template: '<sup class="footnote"></sup>',
        allowedContent: 'sup(footnote)',
        requiredContent: 'sup(footnote)',
        upcast: (element) => element.name === 'sup' && element.hasClass('footnote'),
        init() {
          this.setData('text', this.element.getText().replace(/\s+/g, ' ').trim());
          this.kept = this.data.text;
          this.on('key', (event) => {
            const { keyCode } = event.data;
            if (keyCode !== 13 && keyCode !== 39 && keyCode !== 35) return;
            event.cancel();
            goBehind(editor, this);
            if (keyCode === 13) editor.execCommand('enter');
          });
        },
        data() {
          // The mark-up inside a note stays as long as its words do.
          if (this.data.text !== this.kept) this.element.setText(this.data.text);
          this.kept = this.data.text;
          this.element.setAttribute('title', this.data.text);
        },
        downcast(element) {
          delete element.attributes.title;
          return element;
        },
      });
      editor.on('dialogHide', (event) => {
        const noted = event.data.getName() === 'kanwufootnote' && editor.widgets.focused;
        if (noted) setTimeout(() => editor.widgets.focused === noted && goBehind(editor, noted));
      });
      editor.ui.addButton('Footnote', { label: words.footnote, command: 'kanwufootnote', toolbar: 'insert,90' });
    },
  });
})();
