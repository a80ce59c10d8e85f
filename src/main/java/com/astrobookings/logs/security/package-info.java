/**
 * Who may enter: credentials, what they allow, and the guard of a service that has none. Whatever
 * is not stated to be allowed is refused.
 */
@NullMarked
package com.astrobookings.logs.security;

import org.jspecify.annotations.NullMarked;
