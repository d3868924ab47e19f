document.body.dataset.console = "";
