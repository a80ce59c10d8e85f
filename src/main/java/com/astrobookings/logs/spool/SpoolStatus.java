package com.astrobookings.logs.spool;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a spool at one moment.
 *
 * @param folder where it lies
 * @param state what is in it
 * @param maxBytes the limit of its bytes
 * @param refusal why new entries are refused; null if they are accepted
 * @param temporary whether the folder is lost with the machine or the container
 * @param damaged damaged files that were found when the spool was opened, or at an earlier time
 */
public record SpoolStatus(
    Path folder,
    SpoolState state,
    long maxBytes,
    @Nullable String refusal,
    boolean temporary,
    List<Path> damaged) {}
