/**
 * The console: a page for operators, served as static files. It has no data of its own; the page
 * reads everything from the REST API with the credential of the person who uses it.
 */
@NullMarked
package com.astrobookings.logs.console;

import org.jspecify.annotations.NullMarked;
