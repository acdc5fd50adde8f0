type Preferences = Readonly<Record<string, string | number | boolean>>;

/** A Firefox that asks nothing, calls nobody but whom a test names, and leaves its hands free for the lab. */
const QUIET: Preferences = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.newtab.preload': false,
  'browser.newtabpage.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'browser.search.update': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'browser.tabs.warnOnClose': false,
  'browser.warnOnQuit': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.screenshots.disabled': true,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'geo.provider.testing': true,
  'media.gmp-manager.url': 'data:,',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.prefetch-next': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'termsofuse.bypassNotification': true,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'toolkit.telemetry.unified': false,
};

/** After SIGKILL: no safe mode after the third time, and no old tabs. */
const RESTARTABLE: Preferences = {
  'browser.sessionstore.resume_from_crash': false,
  'toolkit.startup.max_resumed_crashes': -1,
};

const LAB: Preferences = {
  // Each is a process more that starts beside the first pages; they are dozens in a run of all tests.
  'dom.ipc.processPrelaunch.enabled': false,
  'marionette.port': 0, // a free one, which Firefox writes into the profile
  // Marionette would have it 0, and then a tab that is not unloaded keeps a core busy for as long as Firefox runs.
  'browser.tabs.remote.unloadDelayMs': 100,
  'xpinstall.signatures.required': false, // honoured by ESR: an unsigned extension may stay over a restart
  'extensions.autoDisableScopes': 0,
};

/**
 * The text of `user.js`, which Firefox reads at every start.
 * `extensionHosts` fixes the host of moz-extension:// addresses by extension ID; they are random otherwise. `more` wins
 * over all others.
 */
export function firefoxUserJs(
  downloadsDir: string,
  extensionHosts: Readonly<Record<string, string>>,
  more: Preferences = {},
): string {
  const preferences: Preferences = {
    ...QUIET,
    ...RESTARTABLE,
    ...LAB,
    'browser.download.alwaysOpenPanel': false,
    'browser.download.always_ask_before_handling_new_types': false,
    'browser.download.dir': downloadsDir,
    'browser.download.folderList': 2, // the folder above
    'browser.download.useDownloadDir': true,
    'extensions.webextensions.uuids': JSON.stringify(extensionHosts),
    ...more,
  };
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  return `${lines.join('\n')}\n`;
}
