/* What comes in by pasting or dropping: files go to the upload, Word's habits are left outside, ranks follow numbers. */
(function () {
  'use strict';

  const OURS = /^\/media\/figures\/[0-9a-f]{32}\.(?:jpg|png|webp)$/;
  const INDENT = /^(?:&nbsp;|[\s\u3000\u00a0])+/;
  const TAIL = /(?:&nbsp;|[\s\u3000\u00a0])+$/;
  const RANKS = [[/^[一二三四五六七八九十]+、/, 'h2'], [/^[（(][一二三四五六七八九十]+[)）]/, 'h3'], [/^\d{1,2}[.．、]/, 'h4']];
  const HEADINGS = { h1: 'h2', h2: 'h2', h3: 'h3', h4: 'h4', h5: 'h4', h6: 'h4' };

  function filesOf(transfer) {
    const files = [];
    for (let at = 0; transfer && at < transfer.getFilesCount(); at += 1) files.push(transfer.getFile(at));
    return files;
  }

  function fileOf(src) {
    const found = /^data:(image\/(?:png|jpeg|gif|webp));base64,([a-z0-9+/=\s]+)$/i.exec(src);
    if (!found) return null;
    const bytes = Uint8Array.from(atob(found[2]), (sign) => sign.charCodeAt(0));
    return new File([bytes], `pasted.${found[1].split('/')[1].toLowerCase()}`, { type: found[1].toLowerCase() });
  }

  function textOf(element) {
    let text = '';
    element.forEach((node) => { text += node.value; }, CKEDITOR.NODE_TEXT, true);
    return text;
  }

  /* Takes pictures out of what was pasted; ours stay. Returns the files among them. */
  function takePictures(root, told) {
    const files = [];
    const images = [];
    root.forEach((element) => { if (element.name === 'img') images.push(element); }, CKEDITOR.NODE_ELEMENT, true);
    for (const image of images) {
      const src = image.attributes['data-cke-saved-src'] || image.attributes.src || '';
      const path = src.startsWith(`${location.origin}/`) ? src.slice(location.origin.length) : src;
      if (OURS.test(path)) {
        image.attributes.src = path;
        continue;
      }
      const file = fileOf(src);
      if (file) files.push(file);
      else told.add(/^(?:https?:)?\/\//i.test(src) ? 'foreignPicture' : 'wordPicture');
      image.remove();
    }
    return files;
  }

  function styleOf(element) {
    const given = CKEDITOR.tools.parseCssText(element.attributes.style || '', true);
    const align = /^(center|right)$/.test(given['text-align'] || element.attributes.align || '') && (given['text-align'] || element.attributes.align);
    delete element.attributes.style;
    if (align) element.attributes.style = `text-align:${align}`;
  }

  function trim(element) {
    let first = element;
    while (first.children && first.children.length && first.children[0].type === CKEDITOR.NODE_ELEMENT) [first] = first.children;
    const text = first.children ? first.children[0] : first;
    if (text && text.type === CKEDITOR.NODE_TEXT) text.value = text.value.replace(INDENT, '');
    const last = element.children[element.children.length - 1];
    if (last && last.type === CKEDITOR.NODE_TEXT) last.value = last.value.replace(TAIL, '');
  }

  const isBold = (node) => node.name === 'strong' || node.name === 'b';
  const rankOf = (text) => (RANKS.find(([pattern]) => pattern.test(text.trim())) || [])[1];

  /* Contributors type a heading as a short numbered paragraph in bold. */
  function isTypedHeading(element) {
    const text = textOf(element).trim();
    if (!rankOf(text) || text.length > 40 || /[。；;]$/.test(text)) return false;
    if (element.getAscendant({ td: 1, th: 1, li: 1 })) return false;
    return element.children.every((child) => isBold(child) || (child.type === CKEDITOR.NODE_TEXT && !child.value.trim()));
  }

  /* First the wrappers go, so that the second pass sees what a paragraph is made of. */
  const wrappers = {
    elements: {
      span(element) {
        const weight = CKEDITOR.tools.parseCssText(element.attributes.style || '', true)['font-weight'] || '';
        if (/^(?:bold|[6-9]00)$/.test(weight)) {
          element.name = 'strong';
          element.attributes = {};
        } else delete element.name;
      },
      font(element) { delete element.name; },
    },
  };

  const rules = {
    elements: {
      p(element) {
        styleOf(element);
        trim(element);
        const empty = !textOf(element).replace(/&nbsp;|[\s\u3000\u00a0]/g, '');
        if (empty && !element.children.some((child) => child.name === 'img')) return false;
        if (isTypedHeading(element)) {
          element.name = rankOf(textOf(element));
          element.attributes = {};
          for (const child of element.children.slice()) if (isBold(child)) child.replaceWithChildren();
        }
        return undefined;
      },
      li(element) { styleOf(element); },
      $(element) {
        if (HEADINGS[element.name]) {
          trim(element);
          element.name = rankOf(textOf(element)) || HEADINGS[element.name];
          element.attributes = {};
          for (const child of element.children.slice()) if (isBold(child)) child.replaceWithChildren();
        }
        if (element.name === 'td' || element.name === 'th') {
          styleOf(element);
          const cells = element.children.filter((child) => child.type === CKEDITOR.NODE_ELEMENT || (child.value || '').trim());
          if (cells.length === 1 && cells[0].name === 'p') {
            const align = cells[0].attributes.style;
            if (align) element.attributes.style = align;
            cells[0].replaceWithChildren();
          }
        }
        return undefined;
      },
    },
  };

  function tidy(editor, html, told) {
    const root = CKEDITOR.htmlParser.fragment.fromHtml(html);
    const files = takePictures(root, told);
    new CKEDITOR.htmlParser.filter(wrappers).applyTo(root);
    new CKEDITOR.htmlParser.filter(rules).applyTo(root);
    const writer = new CKEDITOR.htmlParser.basicWriter();
    root.writeHtml(writer);
    return { html: writer.getHtml(), files };
  }

  CKEDITOR.plugins.add('kanwupaste', {
    requires: 'clipboard,kanwufigure',
    init(editor) {
      const { words } = editor.config.kanwu;
      CKEDITOR.plugins.clipboard.addFileMatcher(editor, () => true); // what is no picture is refused here, in words
      editor.on('paste', (event) => {
        const { data } = event;
        const told = new Set();
        let files = filesOf(data.dataTransfer);
        const wordy = /<[a-z]/i.test(data.dataValue || '');
        // Word puts a picture of the whole clipping beside its text: the text is what was meant.
        if (wordy && data.dataTransfer.getTransferType(editor) === CKEDITOR.DATA_TRANSFER_EXTERNAL) {
          const done = tidy(editor, data.dataValue, told);
          data.dataValue = done.html;
          files = done.files.length || done.html.replace(/<[^>]+>|&nbsp;|\s/g, '') ? done.files : files.concat(done.files);
        }
        if (files.length) told.delete('wordPicture');
        for (const word of told) editor.showNotification(CKEDITOR.tools.htmlEncode(words[word]), 'warning');
        if (!files.length) return;
        if (data.dataValue) setTimeout(() => editor.kanwuReceive(files));
        else {
          event.cancel();
          editor.kanwuReceive(files);
        }
      }, null, null, 5); // after Word's mark-up is read (3), before the editor's own filter (6)
    },
  });
})();
