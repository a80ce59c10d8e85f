/** Parses the times that parameters and free text can contain, and resolves them to instants. */
@NullMarked
package com.astrobookings.logs.store.time;

import org.jspecify.annotations.NullMarked;
