/**
 * The spool: entries that survive the end of the process and of the machine, until they are
 * acknowledged or discarded. Knows nothing of what the entries mean.
 */
@NullMarked
package com.astrobookings.logs.spool;

import org.jspecify.annotations.NullMarked;
