package com.astrobookings.logs.spool;

/**
 * An entry that waits.
 *
 * @param position greater than that of every entry that was appended before
 * @param entry the entry
 */
public record WaitingEntry(long position, SpoolEntry entry) {}
