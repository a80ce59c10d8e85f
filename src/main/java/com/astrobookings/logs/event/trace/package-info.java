/** The trace id of a request, carried to where lines of the log are written. */
@NullMarked
package com.astrobookings.logs.event.trace;

import org.jspecify.annotations.NullMarked;
