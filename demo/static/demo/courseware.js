// Teaches the workbench's browser runtime the addresses of this host. Loaded after it and before the blocks' own scripts.
(function () {
  'use strict';

  // The platform's pages define these; without a catalogue of theirs for scripts, a text is its own translation.
  window.gettext = window.gettext || function (text) { return text; };
  window.ngettext = window.ngettext || function (one, many, count) { return count === 1 ? one : many; };

  var runtime = RuntimeProvider.versions[1];

  runtime.handlerUrl = function (element, handler, suffix, query, thirdparty) {
    var block = $(element).closest('[data-usage]').get(0);
    var course = encodeURIComponent(block.dataset.courseId);
    var usage = encodeURIComponent(block.dataset.usage);
    var start = block.dataset.studio === 'true'
      ? '/studio/' + course + '/block/' + usage + '/handler/'
      : '/courses/' + course + '/xblock/' + usage + (thirdparty ? '/handler_noauth/' : '/handler/');
    return start + encodeURIComponent(handler)
      + (suffix ? '/' + suffix : '') + (query ? '?' + query : '');
  };

  // After a save the page is loaded anew, and then says so at its top.
  function remember() {
    try { window.sessionStorage.setItem('courseware-saved', window.location.pathname); } catch (error) { return; }
    window.history.scrollRestoration = 'manual'; // the next view of this page begins at its top
  }
  (function () {
    var notice = document.querySelector('.courseware-notice');
    var saved = null;
    try {
      saved = window.sessionStorage.getItem('courseware-saved');
      window.sessionStorage.removeItem('courseware-saved');
    } catch (error) { /* without a store nothing is said */ }
    if (notice && saved === window.location.pathname) {
      notice.textContent = notice.dataset.saved;
    }
  }());

  // What Studio does when the form of a block says that it saves, gives up or has failed.
  runtime.notify = function (name, data) {
    var notice = document.querySelector('.courseware-notice');
    if (!notice) { return; }
    data = data || {};
    if (name === 'save' && data.state === 'start') {
      notice.textContent = data.message || notice.dataset.saving;
    } else if (name === 'save') {
      remember();
      window.location.reload();
    } else if (name === 'cancel') {
      window.location.assign(notice.dataset.outline);
    } else if (name === 'error') {
      // What the form says itself is not repeated.
      var said = document.querySelector('.courseware-editor').textContent;
      notice.textContent = [data.title, data.message || data.msg].filter(function (words) {
        return words && !said.includes(words);
      }).join(' ');
      notice.scrollIntoView({ block: 'nearest' });
    }
  };

  // A block whose script is missing must not keep the others from starting. This listener runs before the workbench's.
  window.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('[data-init]').forEach(function (block) {
      if (typeof window[block.dataset.init] !== 'function') {
        console.error('No function ' + block.dataset.init + ' for ' + block.dataset.usage);
        block.removeAttribute('data-runtime-version');
      }
    });
  }, true);

  // A prefilter, because blocks may switch off jQuery's global events, on which the workbench relies.
  $.ajaxPrefilter(function (options, original, request) {
    if (!options.crossDomain) {
      request.setRequestHeader('X-CSRFToken', $.cookie('csrftoken'));
    }
  });
}());
