/** Statistics over events: what can be asked for, the intervals of time, and the result. */
@NullMarked
package com.astrobookings.logs.store.stats;

import org.jspecify.annotations.NullMarked;
