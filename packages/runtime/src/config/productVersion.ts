/** Version of smoothsweep; a test holds it equal to that of package.json. */
export const productVersion = "0.1.0";
