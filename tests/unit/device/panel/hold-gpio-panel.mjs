// Opens a gpio panel, says so, lights its light and stays: to be killed.
import { GpioPanelDriver, SystemClock } from '@hymio/device';

const driver = new GpioPanelDriver({
  config: JSON.parse(process.argv[2] ?? ''),
  clock: new SystemClock('system', 0),
});
driver.open({
  edge: () => undefined,
  press: () => undefined,
  ready: () => {
    driver.light(true);
    console.log('ready');
  },
  failed: (code, detail) => console.log(code, detail),
});
