/**
 * The door: starts the service. Every room below is wired by Spring, so nothing here names a room.
 */
@NullMarked
package com.astrobookings.logs;

import org.jspecify.annotations.NullMarked;
