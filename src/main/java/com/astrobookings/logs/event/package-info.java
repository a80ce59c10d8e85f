/**
 * The language of what happened: one record per event type, whose fields are declared once and read
 * by decoding, validation, storage and documentation alike. Imports no other room.
 */
@NullMarked
package com.astrobookings.logs.event;

import org.jspecify.annotations.NullMarked;
