/** What every page does in a browser beyond being read. */
import { addCopyButtons } from './copy.ts';
import { startMenus } from './menus.ts';
import { noteReading, showProgress, startExchange } from './progress.ts';
import { startThemeToggle } from './theme-toggle.ts';

startThemeToggle();
startMenus();
addCopyButtons();
noteReading();
showProgress();
startExchange();
