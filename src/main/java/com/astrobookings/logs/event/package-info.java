/**
 * The events: one record per type, whose fields are declared once and used by decoding, validation,
 * documents, mappings, filters and the description of the API. Imports no other package.
 */
@NullMarked
package com.astrobookings.logs.event;

import org.jspecify.annotations.NullMarked;
