/** White space, in `kinds`. */
export const WHITE = 1;
/** What ends a name or a number and begins something else. */
const DELIMITER = 2;

/** The kind of each byte (ISO 32000-1, 7.2.2); 0 for a regular character. */
export const kinds = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) kinds[code] = WHITE;
for (const character of "()<>[]{}/%") kinds[character.charCodeAt(0)] = DELIMITER;
