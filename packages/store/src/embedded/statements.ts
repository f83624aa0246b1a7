/** What only SQLite says this way; one row at a time, since a call costs little. The rest is in `../sql/`. */
export const own = {
  get: 'SELECT since, text FROM bailiwick_record WHERE tbl = ?1 AND scope = ?2 AND key = ?3',
  getFormer: `SELECT since, text FROM bailiwick_record_history WHERE tbl = ?1 AND scope = ?2 AND key = ?3 AND since <= ?4 AND until > ?4`,
  getEach: `SELECT r.key, r.since, r.text, 1 AS current FROM json_each(?3) asked
    CROSS JOIN bailiwick_record r ON r.tbl = ?1 AND r.scope = ?2 AND r.key = asked.value`,
  getEachAt: `SELECT r.key, r.since, r.text, 1 AS current FROM json_each(?3) asked
    CROSS JOIN bailiwick_record r ON r.tbl = ?1 AND r.scope = ?2 AND r.key = asked.value AND r.since <= ?4
    UNION ALL SELECT h.key, h.since, h.text, 0 FROM json_each(?3) asked
    CROSS JOIN bailiwick_record_history h ON h.tbl = ?1 AND h.scope = ?2 AND h.key = asked.value AND h.since <= ?4 AND h.until > ?4`,
  scanEach: `SELECT e.value, e.key, r.since, r.text, 1 AS current FROM json_each(?3) asked
    CROSS JOIN bailiwick_entry e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value
    CROSS JOIN bailiwick_record r ON r.tbl = ?4 AND r.scope = ?2 AND r.key = e.key LIMIT ?5`,
  scanEachAt: `SELECT e.value, e.key, coalesce(r.since, h.since) AS since, coalesce(r.text, h.text) AS text, r.since IS NOT NULL AS current
    FROM (
      SELECT e.value, e.key FROM json_each(?3) asked
      CROSS JOIN bailiwick_entry e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value AND e.since <= ?6
      UNION ALL
      SELECT e.value, e.key FROM json_each(?3) asked
      CROSS JOIN bailiwick_entry_history e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value AND e.since <= ?6 AND e.until > ?6
    ) e
    LEFT JOIN bailiwick_record r ON r.tbl = ?4 AND r.scope = ?2 AND r.key = e.key AND r.since <= ?6
    LEFT JOIN bailiwick_record_history h ON h.tbl = ?4 AND h.scope = ?2 AND h.key = e.key AND h.since <= ?6 AND h.until > ?6 LIMIT ?5`,
  countEach: `SELECT e.value, count(*) AS count FROM json_each(?3) asked
    CROSS JOIN bailiwick_entry e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value GROUP BY e.value`,
  countEachAt: `SELECT value, count(*) AS count FROM (
      SELECT e.value FROM json_each(?3) asked
      CROSS JOIN bailiwick_entry e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value AND e.since <= ?4
      UNION ALL
      SELECT e.value FROM json_each(?3) asked
      CROSS JOIN bailiwick_entry_history e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value AND e.since <= ?4 AND e.until > ?4
    ) GROUP BY value`,
  keepFormer: `INSERT INTO bailiwick_record_history (tbl, scope, key, since, until, text)
    SELECT tbl, scope, key, since, ?4, text FROM bailiwick_record WHERE tbl = ?1 AND scope = ?2 AND key = ?3`,
  leave: 'DELETE FROM bailiwick_record WHERE tbl = ?1 AND scope = ?2 AND key = ?3',
  passed: 'INSERT INTO bailiwick_record_history (tbl, scope, key, since, until, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
  record: 'INSERT INTO bailiwick_record (tbl, scope, key, since, text) VALUES (?1, ?2, ?3, ?4, ?5)',
  keepFormerEntry: `INSERT INTO bailiwick_entry_history (idx, scope, value, key, since, until)
    SELECT idx, scope, value, key, since, ?5 FROM bailiwick_entry WHERE idx = ?1 AND scope = ?2 AND value = ?3 AND key = ?4`,
  leaveEntry: 'DELETE FROM bailiwick_entry WHERE idx = ?1 AND scope = ?2 AND value = ?3 AND key = ?4',
  passedEntry: 'INSERT INTO bailiwick_entry_history (idx, scope, value, key, since, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
  entry: 'INSERT INTO bailiwick_entry (idx, scope, value, key, since) VALUES (?1, ?2, ?3, ?4, ?5)',
  setCount: 'INSERT INTO bailiwick_count (tbl, scope, since, count) VALUES (?1, ?2, ?3, ?4)',
  change: 'INSERT INTO bailiwick_change (revision, n, tbl, scope, key, touched) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
  log: `INSERT INTO bailiwick_log (log, scope, at, revision, n, id, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (log, scope, id) DO NOTHING`,
  revision: 'INSERT INTO bailiwick_revision (revision, at) VALUES (?1, ?2)',
  setHead: 'UPDATE bailiwick_head SET revision = ?1, at = ?2',
  wait: 'INSERT INTO bailiwick_waiting (revision, text) VALUES (?1, ?2)',
  waiting: 'SELECT text FROM bailiwick_waiting ORDER BY revision',
  noLongerWaiting: 'DELETE FROM bailiwick_waiting WHERE revision <= ?1',
} as const
