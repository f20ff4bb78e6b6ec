/* Pictures: sent to the manuscript's own address, shown as <figure><img><figcaption>, described in one dialog.
   The caption is typed in the text; the credit stands behind it after an ideographic space. */
(function () {
  'use strict';

  const CREDITS = ['摄', '供图', '绘', '制图'];
  const KINDS = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
  const OURS = /^\/media\/figures\/[0-9a-f]{32}\.(?:jpg|png|webp)$/;
  const BETWEEN = '\u3000';
  const encode = CKEDITOR.tools.htmlEncode;

  /* "caption　names 摄" taken apart as the server does it (articles/captions.py). */
  function apart(line) {
    const text = line.trim();
    const found = /^(?:(.*?)\u3000|(.*)[\s（(]|)([^\s，。；：！？、（）()《》“”][^。；！？（）()《》]*?)\s*(摄影|摄|供图|绘|制图)[）)]?$/.exec(text);
    if (!found || (found[1] === undefined && /\s/.test(found[3]))) return { caption: text, photographer: '', credit: '' };
    return {
      caption: (found[1] || found[2] || '').trim(),
      photographer: found[3].replace(/[/／]$/, '').trim(),
      credit: found[4] === '摄影' ? '摄' : found[4],
    };
  }

  function together(said) {
    const credit = `${said.photographer} ${said.credit}`.trim();
    return [said.caption, credit].filter(Boolean).join(BETWEEN);
  }

  const clean = (text) => text.replace(/[\s\u200b]+/g, (blank) => (blank.includes(BETWEEN) ? BETWEEN : ' ')).trim();

  /* Sends one file; resolves to what the server tells of the picture, rejects with a sentence. */
  function send(editor, file, onProgress) {
    const { words, upload } = editor.config.kanwu;
    return new Promise((resolve, reject) => {
      if (!upload) return reject(new Error(words.uploadNotHere));
      if (!KINDS.includes(file.type)) return reject(new Error(words.noPicture));
      const form = new FormData();
      form.append('upload', file, file.name || 'picture');
      const request = new XMLHttpRequest();
      const token = document.querySelector('input[name=csrfmiddlewaretoken]');
      request.open('POST', upload);
      request.setRequestHeader('X-CSRFToken', token ? token.value : '');
      request.setRequestHeader('Accept', 'application/json');
      request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
      request.onerror = () => reject(new Error(words.uploadLost));
      request.onload = () => {
        const told = json(request.responseText);
        if (request.status === 201 && told) {
          editor.config.kanwu.figures.push(told);
          return resolve(told);
        }
        return reject(new Error((told && told.message) || (request.status === 401 ? words.uploadSignedOut : words.uploadFailed)));
      };
      request.send(form);
    });
  }

  function json(text) {
    try { return JSON.parse(text); } catch (error) { return null; }
  }

  /* Several names are told apart by 、; a name of two padded characters is one name. */
  function names(text) {
    if (/^\S\s+\S$/u.test(text)) return text.replace(/\s/g, '');
    return text.replace(/([\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/g, '$1、');
  }

  const known = (editor, src) => (editor.config.kanwu.figures || []).find((told) => told.url === src);

  /* A figure of its own behind the block where it was dropped; the text may have moved on meanwhile. */
  function put(editor, told, block, caption) {
    const line = caption || told.line || '';
    const html = `<figure><img src="${encode(told.url)}" alt="${encode(told.alternative || '')}"`
      + ` width="${told.width}" height="${told.height}"><figcaption>${encode(line)}</figcaption></figure>`;
    const root = editor.editable();
    const place = block && root.contains(block) ? block : root.getLast();
    editor.fire('saveSnapshot');
    const element = CKEDITOR.dom.element.createFromHtml(html, editor.document);
    const wrapper = editor.widgets.wrapElement(element, 'kanwufigure');
    if (place && !place.equals(root)) wrapper.insertAfter(place); else root.append(wrapper);
    const widget = editor.widgets.initOn(element, 'kanwufigure');
    if (place && place.is && place.is('p') && !place.getText().trim() && !place.findOne('img')) place.remove();
    if (!wrapper.getNext()) root.append(CKEDITOR.dom.element.createFromHtml('<p><br></p>', editor.document));
    editor.fire('saveSnapshot'); // the caret stays where the person writes
    return widget;
  }

  function outermost(editor) {
    const selection = editor.getSelection();
    let node = selection && selection.getStartElement();
    const root = editor.editable();
    while (node && !node.equals(root) && !node.getParent().equals(root)) node = node.getParent();
    return node && !node.equals(root) ? node : null;
  }

  /* Files that were dropped or pasted, one after the other, with progress; the house's plugin for pasting calls it. */
  function receive(editor, files) {
    const { words } = editor.config.kanwu;
    let block = outermost(editor);
    return files.reduce((before, file) => before.then(() => {
      const note = editor.showNotification(words.uploading, 'progress', 0);
      return send(editor, file, (part) => note.update({ progress: part })).then((told) => {
        block = put(editor, told, block).wrapper;
        note.update({ type: 'success', message: words.uploaded, important: true });
      }).catch((error) => {
        note.hide();
        editor.showNotification(encode(error.message), 'warning');
      });
    }), Promise.resolve());
  }

  function field(id, type, label, more) {
    return { id, type, label, setup(widget) { this.setValue(widget.data[id] || ''); }, ...more };
  }

  function dialog(editor) {
    const { words } = editor.config.kanwu;
    const file = `kanwu-file-${editor.id}`;
    const said = `kanwu-said-${editor.id}`;
    const input = () => document.getElementById(file);
    const say = (text) => { document.getElementById(said).textContent = text; };

    function loose(widget) {
      const text = editor.getData();
      return editor.config.kanwu.figures.filter((told) => told.url === widget.data.src || !text.includes(told.url));
    }

    function commit(box, widget, told) {
      const value = (id) => clean(box.getValueOf('figure', id));
      widget.setData({
        src: told ? told.url : widget.data.src,
        measures: told ? [told.width, told.height] : widget.data.measures,
        line: together({ caption: value('caption'), photographer: names(value('photographer')), credit: value('credit') }),
        alternative: value('alternative'),
        width: value('width'),
      });
    }

    /* What keeps the dialog open, as a sentence. */
    function missing(box, widget, picked) {
      if (box.getValueOf('figure', 'credit') && !box.getValueOf('figure', 'photographer').trim()) return words.nobodyCredited;
      const something = picked || widget.data.src || box.getValueOf('figure', 'caption').trim();
      return something ? '' : words.figureMissing;
    }

    /* The dialog waits for the picture, then is confirmed once more; nothing enters the text before. */
    function confirm(event) {
      const widget = this.getModel(editor);
      const chosen = this.sent ? null : input().files[0];
      const picked = this.sent || editor.config.kanwu.figures.find((told) => told.url === this.getValueOf('figure', 'pick'));
      const sentence = missing(this, widget, picked || chosen);
      if (!this.busy && !sentence && !chosen) {
        commit(this, widget, picked && picked.url !== widget.data.src ? picked : null);
        return;
      }
      event.stop();
      event.data.hide = false;
      if (this.busy) return;
      say(sentence);
      if (sentence) return;
      this.busy = true;
      send(editor, chosen, (part) => say(`${words.uploading} ${Math.round(part * 100)}%`)).then((told) => {
        this.busy = false;
        this.sent = told;
        this.click('ok');
      }).catch((error) => {
        this.busy = false;
        say(error.message);
      });
    }

    return {
      title: words.figureTitle,
      minWidth: Math.min(440, window.innerWidth - 60),
      minHeight: 260,
      onShow() {
        this.busy = false;
        this.sent = null;
        say('');
        input().value = '';
      },
      onOk: confirm,
      contents: [{
        id: 'figure',
        elements: [
          {
            type: 'html',
            html: `<div class="kanwu-file"><label class="cke_dialog_ui_labeled_label" for="${file}">${encode(words.figureFile)}</label>`
              + `<input type="file" id="${file}" accept="${KINDS.join(',')}"><p id="${said}" role="alert" class="kanwu-said"></p></div>`,
            focus() { input().focus(); },
          },
          field('pick', 'select', words.figurePick, {
            items: [],
            setup(widget) {
              this.clear();
              this.add(words.figureNone, '');
              const rows = loose(widget);
              rows.forEach((told, at) => this.add(told.line || told.alternative || `${at + 1}`, told.url));
              this.setValue(rows.some((told) => told.url === widget.data.src) ? widget.data.src : '');
              this.getElement().getParent().getParent()[rows.length ? 'show' : 'hide']();
            },
          }),
          field('caption', 'textarea', words.caption, { rows: 2, setup(widget) { this.setValue(apart(widget.line()).caption); } }),
          {
            type: 'hbox',
            widths: ['65%', '35%'],
            children: [
              field('photographer', 'text', words.photographer, { setup(widget) { this.setValue(apart(widget.line()).photographer); } }),
              field('credit', 'select', words.credit, {
                items: [[words.figureNone, '']].concat(CREDITS.map((kind) => [kind, kind])),
                setup(widget) { this.setValue(apart(widget.line()).credit); },
              }),
            ],
          },
          field('alternative', 'text', words.alternative, {}),
          { type: 'html', html: `<p class="kanwu-hint">${encode(words.alternativeHint)}</p>` },
          field('width', 'select', words.width, {
            items: [[words.widthPlain, ''], [words.widthWide, 'wide'], [words.widthHalf, 'half']],
          }),
        ],
      }],
    };
  }

  const widget = (editor) => ({
    dialog: 'kanwufigure',
    pathName: editor.config.kanwu.words.figure,
    template: '<figure><figcaption></figcaption></figure>',
    allowedContent: 'figure(wide,half); figcaption; img[!src,alt,width,height]',
    requiredContent: 'figure',
    editables: { caption: { selector: 'figcaption', allowedContent: 'br em strong sub sup u s; a[!href]' } },

    upcast(element) {
      if (element.name !== 'figure' || element.getFirst('table')) return false;
      if (!element.getFirst('figcaption')) element.add(new CKEDITOR.htmlParser.element('figcaption', {}));
      return element;
    },
    line() { return clean(this.editables.caption.getText()); },
    init() {
      // Enter on a picture goes on writing behind it; the button or a double click opens its words.
      this.on('key', (event) => {
        if (event.data.keyCode !== 13) return;
        event.cancel();
        const paragraph = editor.document.createElement(editor.config.enterMode === CKEDITOR.ENTER_P ? 'p' : 'div');
        paragraph.appendBogus();
        paragraph.insertAfter(this.wrapper);
        const range = editor.createRange();
        range.moveToElementEditStart(paragraph);
        range.select();
        editor.fire('saveSnapshot');
      });
      const image = this.element.findOne('img');
      const { words } = editor.config.kanwu;
      this.editables.caption.setAttribute('data-placeholder', words.captionHere);
      this.element.setAttribute('data-awaits', words.figureAwaits);
      this.setData({
        src: image ? image.getAttribute('src') : '',
        alternative: image ? image.getAttribute('alt') || '' : '',
        width: ['wide', 'half'].find((name) => this.element.hasClass(name)) || '',
      });
    },
    data() {
      const { src, alternative, measures, line, width } = this.data;
      for (const name of ['wide', 'half']) this.element[name === width ? 'addClass' : 'removeClass'](name);
      if (line !== undefined && line !== this.line()) this.editables.caption.setText(line);
      delete this.data.line;
      if (!src) return;
      let image = this.element.findOne('img');
      if (!image) {
        image = editor.document.createElement('img');
        this.element.append(image, true);
      }
      if (image.getAttribute('src') !== src) {
        image.setAttributes({ src, 'data-cke-saved-src': src });
        image.removeAttributes(['width', 'height']);
        if (measures) image.setAttributes({ width: measures[0], height: measures[1] });
      }
      image.setAttribute('alt', alternative);
    },
    downcast(element) {
      for (const name of ['data-awaits']) delete element.attributes[name];
      if (element.attributes.class === '') delete element.attributes.class;
      const caption = element.getFirst('figcaption');
      if (caption) {
        delete caption.attributes['data-placeholder'];
        if (!caption.getHtml().replace(/<br[^>]*>|&nbsp;|\s/g, '')) caption.remove();
      }
      return element;
    },
  });

  CKEDITOR.plugins.add('kanwufigure', {
    requires: 'widget,dialog,notification',
    init(editor) {
      const { words } = editor.config.kanwu;
      editor.config.kanwu.figures = editor.config.kanwu.figures || [];
      // Pictures of the house and none else, whichever way a text came in.
      const ours = { elements: { img: (image) => (OURS.test(image.attributes['data-cke-saved-src'] || image.attributes.src || '') ? undefined : false) } };
      editor.dataProcessor.dataFilter.addRules(ours, { priority: 1, applyToAll: true });
      CKEDITOR.dialog.add('kanwufigure', dialog);
      editor.widgets.add('kanwufigure', widget(editor));
      // A picture stands between paragraphs: the one the cursor is in is not torn apart.
      editor.addCommand('figure', {
        exec() {
          const block = outermost(editor);
          if (block && !editor.widgets.focused) {
            const range = editor.createRange();
            range.moveToElementEditEnd(block);
            range.select();
          }
          editor.execCommand('kanwufigure');
        },
      });
      editor.ui.addButton('Figure', { label: words.figure, command: 'figure', toolbar: 'insert,80' });
      editor.kanwuReceive = (files) => receive(editor, files);
      editor.kanwuKnown = (src) => known(editor, src);
    },
  });
})();
