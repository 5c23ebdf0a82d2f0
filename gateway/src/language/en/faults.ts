import type { StateMessages } from '../messages.js';

const REPLUG = 'Unplug the panel’s cable at the box, plug it in again firmly and wait a minute.';

export const faults: StateMessages['faults'] = {
  'journal-damaged': {
    what: 'The memory of answers was damaged. What could be read was saved, and new answers are kept again.',
    todo: 'Tell IT support: the SD card should be changed soon. The note goes away when the terminal is restarted.',
  },
  'journal-of-another-terminal': {
    what: 'The memory card holds another terminal’s answers. They were put aside unharmed.',
    todo: 'Tell IT support: put the card, or the file, back into the terminal that it belongs to.',
  },
  'journal-full': {
    what: 'The disk is full: answers are not kept and nobody is thanked.',
    todo: 'Tell IT support to free disk space. The terminal then goes on by itself.',
  },
  'journal-unwritable': {
    what: 'The disk takes no writes: answers are not kept and nobody is thanked.',
    todo: 'Switch the terminal off and on once. If that does not help, tell IT support: the SD card is probably worn out.',
  },
  'journal-forget-failed': {
    what: 'Old answers that have been delivered cannot be cleared away.',
    todo: 'Tell IT support: mostly the disk is nearly full.',
  },
  'press-unreadable': {
    what: 'Single answers could not be read from the memory card. They are counted as lost.',
    todo: 'Tell IT support: the SD card should be changed.',
  },
  'press-set-aside': {
    what: 'The gateway refused single answers. They stay on the terminal.',
    todo: 'Report it to IT support: one of the two programs has an error.',
  },
  'epoch-refused': {
    what: 'The gateway refuses a whole series of answers, mostly because the SD card is a copy of another terminal’s.',
    todo: 'Tell IT support: each terminal needs an SD card of its own.',
  },
  'duplicate-terminal-id': {
    what: 'Another device uses the same terminal id, and the two cut each other off.',
    todo: 'Tell IT support: give one of the two devices an id of its own.',
  },
  'broker-refused': {
    what: 'The message broker refuses the terminal’s login.',
    todo: 'Tell IT support: check user name, password file and access list.',
  },
  'broker-unreachable': {
    what: 'The terminal could not reach the message broker.',
    todo: 'Check the network cable or Wi-Fi. The terminal keeps trying.',
  },
  'certificate-expired': {
    what: 'The terminal’s certificate has run out, and the message broker lets it in no more. Answers are kept on the terminal.',
    todo: 'Tell IT support: if it does not renew by itself within an hour, the terminal has to be enrolled anew.',
  },
  'certificate-refused': {
    what: 'The message broker refuses the terminal’s certificate.',
    todo: 'Tell IT support: the terminal was shut out, or has to be enrolled anew.',
  },
  'certificate-not-renewed': {
    what: 'The terminal’s certificate is due for renewal, and that did not work. The terminal keeps trying.',
    todo: 'Tell IT support: the detail says what is in the way.',
  },
  'identity-unreadable': {
    what: 'The terminal cannot read its own certificate.',
    todo: 'Tell IT support: the terminal has to be enrolled anew.',
  },
  'clock-not-set': {
    what: 'The terminal’s clock is not set, so it cannot check who the message broker is.',
    todo: 'Tell IT support: the terminal needs a time server that it can reach.',
  },
  'broker-not-trusted': {
    what: 'What answers at the message broker’s address is not the broker that the terminal trusts.',
    todo: 'Tell IT support: check the broker’s address and certificate.',
  },
  'config-invalid': {
    what: 'The settings sent to the terminal are faulty; the last good ones apply.',
    todo: 'Tell IT support: correct the settings.',
  },
  'config-not-saved': {
    what: 'New settings could not be saved on the terminal.',
    todo: 'Tell IT support: look at the disk.',
  },
  'settings-damaged': {
    what: 'The settings kept on the terminal could not be read; its own configuration applies until new ones come.',
    todo: 'Nothing needs to be done. If it happens again, tell IT support: look at the disk.',
  },
  'panel-not-found': {
    what: 'The box does not find its button panel: no answers are taken.',
    todo: REPLUG,
  },
  'panel-several-found': {
    what: 'Several devices are plugged in, and the box cannot tell which is the panel: no answers are taken.',
    todo: 'Unplug what is not the panel, or have IT support name the panel’s port in the settings.',
  },
  'panel-permission-denied': {
    what: 'The program may not use the panel: no answers are taken.',
    todo: 'Tell IT support: the rights of the terminal’s user are missing.',
  },
  'panel-line-busy': {
    what: 'Another program uses the panel: no answers are taken.',
    todo: 'Switch the terminal off and on once. If that does not help, tell IT support.',
  },
  'panel-wrong-port': {
    what: 'What is plugged in is not a panel: no answers are taken.',
    todo: 'Plug the panel into the right socket, or tell IT support.',
  },
  'panel-silent': {
    what: 'The panel does not answer: no answers are taken.',
    todo: `${REPLUG} If that does not help, the panel is broken.`,
  },
  'panel-wrong-firmware': {
    what: 'The panel runs a program that does not fit: no answers are taken.',
    todo: 'Tell IT support: install the panel’s program again.',
  },
  'panel-unplugged': {
    what: 'The panel’s cable has come off: no answers are taken.',
    todo: REPLUG,
  },
  'panel-reset': {
    what: 'The panel started anew and is being set up again.',
    todo: 'If it happens often, the panel’s cable or power supply is bad: tell IT support.',
  },
  'panel-tool-missing': {
    what: 'A system program that the panel needs is missing: no answers are taken.',
    todo: 'Tell IT support: the detail names the package to install.',
  },
  'panel-failed': {
    what: 'The panel has failed: no answers are taken. The box keeps trying to open it again.',
    todo: `${REPLUG} If that does not help, tell IT support.`,
  },
  'panel-memory-full': {
    what: 'The panel’s own memory was full, and some answers were lost. It works again.',
    todo: 'Tell IT support: the box was slow or away for too long.',
  },
  'button-stuck': {
    what: 'A button stays pressed.',
    todo: 'Free the button. If it sticks again, have it changed.',
  },
  'button-chatter': {
    what: 'The contact of a button is worn and flickers.',
    todo: 'Have the button changed.',
  },
  'button-suspicious': {
    what: 'One button has not been pressed for weeks although the others have.',
    todo: 'Press it once: the thank-you light should go on. If it does not, have the button changed.',
  },
  internal: {
    what: 'The terminal’s program has stumbled over an error of its own.',
    todo: 'Report it to IT support with the detail.',
  },
};
