/**
 * What all endpoints share: problems (RFC 9457), callers and scopes, trace ids, HTTP metrics, and
 * the handlers of the HTTP server below the framework.
 */
@NullMarked
package com.astrobookings.logs.web;

import org.jspecify.annotations.NullMarked;
