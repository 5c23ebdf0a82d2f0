/** The gateway's name in its own certificate; with an underscore, so that no terminal can have it. */
export const GATEWAY_NAME = 'hymio_gateway';
