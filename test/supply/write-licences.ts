import { writeFileSync } from 'node:fs';
import { licencesDocument, productionPackages } from './production-packages.ts';

/** `npm run licences` */
writeFileSync('docs/licences.md', licencesDocument(productionPackages()));
