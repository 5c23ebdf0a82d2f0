// Hymiö reference panel: four buttons that are numbered and kept until the terminal has settled them.
// Protocol: docs/panel-serial.md. Boards: Arduino Uno, Nano, Leonardo, Pro Micro and others with an ATmega328P or 32U4.
// MIT licence, as the rest of Hymiö.
#include <EEPROM.h>

const uint8_t BUTTON_PINS[4] = {2, 3, 4, 5};  // very unhappy … very happy, each to ground
const uint8_t LIGHT_PIN = 9, BEEPER_PIN = 10;
const uint8_t SLOTS = 32;           // presses that are kept; 6 bytes of EEPROM and 14 of RAM each
const uint8_t LOCKOUT_MS = 25;      // a contact must be open this long before it can be pushed again
const uint16_t STORE_AFTER_MS = 1000, REPEAT_MS = 300, HOST_GONE_MS = 3000;

// In EEPROM: 0 'H' 'y', 2 panel id, 6 power-ups, 16 slots. A slot counts once its last byte, the button, is written.
struct Slot { uint16_t boot, number; uint8_t check, button; };
struct Press { Slot slot; uint32_t madeAt; bool carried, stored; };
const uint8_t FREE = 0xFF;
const int ID_AT = 2, BOOTS_AT = 6, SLOTS_AT = 16;

Press presses[SLOTS];
uint32_t panelId, dropped, heardAt, repeatedAt;
uint16_t boot, numbered;
bool rawEdges;

// Filled by the interrupt, emptied by loop(): what happened to a contact, and when.
struct Edge { uint8_t button; bool down; uint32_t at; };
volatile Edge edges[16];
volatile uint8_t edgesIn, edgesOut, downMask, edgesLost;

void noteEdge(uint8_t button, bool down) {
  if (down) downMask |= 1 << button; else downMask &= ~(1 << button);
  uint8_t next = (edgesIn + 1) % 16;
  if (next == edgesOut) { if (down) edgesLost++; return; }
  edges[edgesIn].button = button;
  edges[edgesIn].down = down;
  edges[edgesIn].at = millis();
  edgesIn = next;
}

// Every millisecond, whatever loop() is busy with: down after two samples, up after LOCKOUT_MS without contact.
ISR(TIMER0_COMPA_vect) {
  static uint8_t same[4];
  for (uint8_t b = 0; b < 4; b++) {
    bool low = digitalRead(BUTTON_PINS[b]) == LOW, down = downMask & (1 << b);
    same[b] = low == down ? 0 : same[b] + 1;
    if (same[b] >= (down ? LOCKOUT_MS : 2)) { same[b] = 0; noteEdge(b, low); }
  }
}

uint32_t crc32(const char *text) {
  uint32_t crc = 0xFFFFFFFF;
  while (*text) {
    crc ^= (uint8_t)*text++;
    for (uint8_t bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
  }
  return ~crc;
}

void say(const char *body) {
  char line[100];
  snprintf(line, sizeof line, "$%s*%08lX\n", body, crc32(body));
  Serial.print(line);
}

void sayState(const char *start) {
  char body[80];
  uint8_t waiting = 0;
  for (Press &p : presses) if (p.slot.button != FREE) waiting++;
  snprintf(body, sizeof body, "%s %u %u %lu", start, downMask, waiting, dropped);
  say(body);
}

void sayHello() {
  char start[60];
  snprintf(start, sizeof start, "hello 1 %08lx-%u hymio-panel/1.0 4", panelId, boot);
  sayState(start);
}

void sayPress(const Press &p) {
  char body[60];
  snprintf(body, sizeof body, "press %08lx-%u %u %u %lu%s", panelId, p.slot.boot, p.slot.number, p.slot.button,
           millis() - p.madeAt, p.carried ? "+" : "");
  say(body);
}

void takePress(uint8_t button, uint32_t at) {
  numbered++;
  for (Press &p : presses) {
    if (p.slot.button != FREE) continue;
    uint8_t check = boot ^ boot >> 8 ^ numbered ^ numbered >> 8 ^ button ^ 0xA5;
    p = {{boot, numbered, check, button}, at, false, false};
    sayPress(p);
    return;
  }
  dropped++;  // full: the terminal is told, and how many
}

int slotAt(const Press &p) { return SLOTS_AT + (&p - presses) * sizeof(Slot); }

void settle(uint16_t pressBoot, uint16_t number) {
  for (Press &p : presses) {
    if (p.slot.button == FREE || p.slot.boot != pressBoot || p.slot.number != number) continue;
    p.slot.button = FREE;
    if (p.stored) EEPROM.update(slotAt(p) + offsetof(Slot, button), FREE);
  }
}

void show(const char *light, const char *beep) {
  if (light) digitalWrite(LIGHT_PIN, *light == '1');
  if (beep) digitalWrite(BEEPER_PIN, *beep == '1');
}

void hear(char *line) {
  char *start = strrchr(line, '$'), *star = start ? strchr(start, '*') : NULL, crc[9];
  if (!star) return;
  *star = 0;
  snprintf(crc, sizeof crc, "%08lX", crc32(start + 1));
  if (strcmp(crc, star + 1)) return;  // damaged: whatever it was will be said again
  heardAt = millis();
  char *word = strtok(start + 1, " "), *a = strtok(NULL, " "), *b = strtok(NULL, " "), *c = strtok(NULL, " ");
  char *dash = a ? strrchr(a, '-') : NULL;
  if (!word) return;
  if (!strcmp(word, "hello")) { sayHello(); repeatedAt = millis() - REPEAT_MS; }
  else if (!strcmp(word, "settle") && dash && b && strtoul(a, NULL, 16) == panelId) settle(atol(dash + 1), atol(b));
  else if (!strcmp(word, "light")) show(a, NULL);
  else if (!strcmp(word, "beep")) show(NULL, a);
  else if (!strcmp(word, "edges") && a) rawEdges = *a == '1';
  else if (!strcmp(word, "ping") && a && strlen(a) <= 10) {
    char begin[50];
    snprintf(begin, sizeof begin, "pong %08lx-%u %s", panelId, boot, a);
    sayState(begin);
    show(b, c);
  }
}

void readMemory() {
  if (EEPROM.read(0) != 'H' || EEPROM.read(1) != 'y') {
    for (uint8_t i = 0; i < 64; i++) panelId = (panelId << 5 | panelId >> 27) ^ analogRead(A0) ^ micros();
    EEPROM.put(ID_AT, panelId);
    EEPROM.put(BOOTS_AT, (uint16_t)0);
    for (Press &p : presses) EEPROM.update(slotAt(p) + offsetof(Slot, button), FREE);
    EEPROM.update(0, 'H');
    EEPROM.update(1, 'y');
  }
  EEPROM.get(ID_AT, panelId);
  EEPROM.get(BOOTS_AT, boot);
  EEPROM.put(BOOTS_AT, ++boot);
  for (Press &p : presses) {
    EEPROM.get(slotAt(p), p.slot);
    const Slot &s = p.slot;
    uint8_t check = s.boot ^ s.boot >> 8 ^ s.number ^ s.number >> 8 ^ s.button ^ 0xA5;
    if (s.button > 3 || s.check != check) p.slot.button = FREE;
    p.madeAt = millis();
    p.carried = p.stored = true;  // made in an earlier power-up: at least as old as this one
  }
}

void setup() {
  for (uint8_t pin : BUTTON_PINS) pinMode(pin, INPUT_PULLUP);
  pinMode(LIGHT_PIN, OUTPUT);
  pinMode(BEEPER_PIN, OUTPUT);
  Serial.begin(115200);
  readMemory();  // the pull-ups have risen meanwhile
  for (uint8_t b = 0; b < 4; b++) if (digitalRead(BUTTON_PINS[b]) == LOW) downMask |= 1 << b;  // held: no push
  OCR0A = 0x80;  // rides on the timer of millis()
  TIMSK0 |= _BV(OCIE0A);
  sayHello();
}

void loop() {
  static char line[80];
  static uint8_t length;
  while (Serial.available()) {
    char c = Serial.read();
    if (c == '\n') { line[length] = 0; hear(line); length = 0; }
    else if (length < sizeof line - 1) line[length++] = c;
    else length = 0;
  }
  while (edgesOut != edgesIn) {
    uint8_t button = edges[edgesOut].button;
    bool down = edges[edgesOut].down;
    uint32_t at = edges[edgesOut].at;
    edgesOut = (edgesOut + 1) % 16;
    if (down) takePress(button, at);
    if (!rawEdges) continue;
    char body[30];
    snprintf(body, sizeof body, "edge %u %u %lu", button, down, millis() - at);
    say(body);
  }
  if (edgesLost) { noInterrupts(); dropped += edgesLost; numbered += edgesLost; edgesLost = 0; interrupts(); }
  for (Press &p : presses) {
    if (p.slot.button == FREE || p.stored || millis() - p.madeAt < STORE_AFTER_MS) continue;
    EEPROM.put(slotAt(p), p.slot);  // nobody listens: kept over a power cut as well
    p.stored = true;
    break;
  }
  if (millis() - repeatedAt >= REPEAT_MS) {
    uint8_t said = 0;
    for (Press &p : presses) if (p.slot.button != FREE && millis() - p.madeAt > 50 && said++ < 8) sayPress(p);
    repeatedAt = millis();
  }
  if (millis() - heardAt >= HOST_GONE_MS) show("0", "0");
}
