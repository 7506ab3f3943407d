export { type ModelContractOptions, type ModelStep, modelContract } from './modelContract.js'
export { type Plant, type PlantedBarsOptions, plantedBars } from './plantedBars.js'
