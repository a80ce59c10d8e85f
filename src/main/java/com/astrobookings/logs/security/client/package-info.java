/** The addresses of clients behind trusted proxies. */
@NullMarked
package com.astrobookings.logs.security.client;

import org.jspecify.annotations.NullMarked;
