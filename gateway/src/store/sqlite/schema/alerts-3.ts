/** When an alert was opened, UTC ms: written in queries as it stands in the index, or the index is not used. */
export const ALERT_OPENED_AT = "json_extract(alert, '$.openedAt')";

/** The alerts of a week are found without reading those of all years. */
export const ALERTS_3 = `CREATE INDEX alerts_by_opening ON alerts (${ALERT_OPENED_AT});
`;
